// pnpm contract <url>: sends every GET request to a running server, and validates the responses.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { styleText } from 'node:util';
import { CommandError, runCommand } from '../lib/cli.ts';
import { checkOperations, checkRefusal, type Outcome, replay } from '../lib/contract/check.ts';
import { safeOperations } from '../lib/contract/document.ts';
import { createValidator } from '../lib/contract/validator.ts';
import { root } from '../lib/repo.ts';
import { readOwnSpec } from '../lib/spec.ts';

/** Sent to a server on this machine if no key is given. */
const placeholder = 'any-key';

await runCommand({
  name: 'contract',
  summary: 'Sends every GET request of the spec to a server, and validates each response.',
  flags: {
    key: {
      type: 'string',
      value: '<key>',
      description:
        'API key (default: the environment variable OPENAI_ADMIN_KEY, or any key on this machine)',
    },
    wait: {
      type: 'string',
      value: '<seconds>',
      description: 'Seconds to wait until the server listens (default: 20)',
    },
    param: {
      type: 'string',
      value: '<name=value>',
      multiple: true,
      description: 'Value of a path parameter that no list provides; may be repeated',
    },
    journal: {
      type: 'string',
      value: '<file>',
      description:
        'Repeat the GET requests of this file instead: a response of GET /_mock/requests',
    },
    compare: {
      type: 'boolean',
      description:
        'Compare the server with a copy of it instead, response by response: `pnpm mock compare`',
    },
  },
  positionals: { name: '<url>', description: 'Address of the API: http://127.0.0.1:4010/v1' },
  examples: [
    'pnpm contract http://127.0.0.1:4010/v1',
    'OPENAI_ADMIN_KEY=… pnpm contract https://api.openai.com/v1',
  ],
  async run(flags, [address = '']) {
    const url = parseURL(address);
    if (flags.compare) return compare(url, flags.key);
    const given = flags.key ?? process.env['OPENAI_ADMIN_KEY'];
    const key = given ?? (isLocal(url) ? placeholder : undefined);
    const seconds = parseSeconds(flags.wait ?? '20');
    const { document } = await readOwnSpec({ lint: false });
    if (given === undefined && key !== undefined)
      console.log(`No --key and no OPENAI_ADMIN_KEY: sending "${key}", which a mock accepts.`);
    await waitForServer(url, seconds);
    const options = {
      url,
      key,
      params: Object.fromEntries((flags.param ?? []).map(parseParam)),
      validate: await createValidator(document),
    };
    const operations = safeOperations({ paths: {}, ...document });
    const outcomes = flags.journal
      ? await replay(readJournal(flags.journal), new URL(url).pathname, options)
      : await checkOperations(operations, options);
    const [first] = operations;
    if (!flags.journal && first && options.key) outcomes.push(await checkRefusal(first, options));
    report(outcomes, given === undefined);
  },
});

/** Hands over to the command that compares, with its output and its exit code. */
function compare(url: string, key: string | undefined): void {
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'scripts/dev/mock.ts'), 'compare', url],
    {
      stdio: 'inherit',
      env: { ...process.env, ...(key !== undefined && { OPENAI_ADMIN_KEY: key }) },
    },
  );
  process.exitCode = status ?? 1;
}

function report(outcomes: readonly Outcome[], isWithoutKey: boolean): void {
  for (const { target, status, violations, skipped } of outcomes) {
    const mark = skipped
      ? '–'
      : styleText(violations.length > 0 ? 'red' : 'green', violations.length > 0 ? '✗' : '✓');
    console.log(
      `${mark} ${status ?? '   '}  GET ${target}${skipped ? `  skipped: ${skipped}` : ''}`,
    );
    for (const violation of violations) console.log(`         ${violation}`);
  }
  const checked = outcomes.filter(({ skipped }) => !skipped);
  const broken = checked.filter(({ violations }) => violations.length > 0);
  const counts = `${checked.length} checked, ${broken.length} invalid, ${outcomes.length - checked.length} skipped`;
  console.log(`\n${counts}`);
  if (broken.length > 0) process.exitCode = 1;
  if (checked.some(({ status = 0 }) => status >= 200 && status < 300)) return;
  if (!checked.some(({ status }) => status === 401 || status === 403)) {
    throw new CommandError('No request succeeded: check the address.');
  }
  throw new CommandError(
    isWithoutKey
      ? 'No request succeeded: the server requires an API key. Set OPENAI_ADMIN_KEY, or pass --key.'
      : 'No request succeeded: the server refused the API key from --key or OPENAI_ADMIN_KEY.',
  );
}

function isLocal(url: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

/** Waits until the server listens. Any response will do; responses are validated later. */
async function waitForServer(url: string, seconds: number): Promise<void> {
  const deadline = performance.now() + seconds * 1_000;
  for (let isFirst = true; ; isFirst = false) {
    const error = await fetch(url, { redirect: 'manual', method: 'HEAD' }).then(
      () => undefined,
      ({ cause, message }) => String(cause?.code ?? message),
    );
    // Other errors will not change.
    if (error !== 'ECONNREFUSED') return;
    if (performance.now() >= deadline) {
      throw new CommandError(
        `No server listens at ${url}. Is the server running? Start it, or pass --wait.`,
      );
    }
    if (isFirst) console.log(`Waiting up to ${seconds} s for ${url} …`);
    await sleep(250);
  }
}

function parseSeconds(text: string): number {
  if (!/^\d+$/.test(text))
    throw new CommandError(`Invalid --wait ${JSON.stringify(text)}: expected whole seconds.`);
  return Number(text);
}

function parseURL(text: string): string {
  if (!/^https?:\/\/\S+$/.test(text) || !URL.canParse(text)) {
    throw new CommandError(
      `Expected the address of the API, such as http://127.0.0.1:4010/v1, not ${JSON.stringify(text)}.`,
    );
  }
  return text.replace(/\/+$/, '');
}

function parseParam(text: string): [string, string] {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (!name || !value)
    throw new CommandError(`Invalid --param ${JSON.stringify(text)}: expected name=value.`);
  return [name, value];
}

function readJournal(path: string) {
  try {
    const journal: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (Array.isArray(journal)) return journal as Parameters<typeof replay>[0];
  } catch (error) {
    throw new CommandError(`Could not read the journal ${path}: ${(error as Error).message}`);
  }
  throw new CommandError(
    `Expected ${path} to contain an array: a response of GET /_mock/requests.`,
  );
}
