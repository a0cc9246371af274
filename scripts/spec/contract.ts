// pnpm contract <url>: asks a running server for everything that can be read, and checks its answers against the spec.
import { readFileSync } from 'node:fs';
import { styleText } from 'node:util';
import { CommandError, runCommand } from '../lib/cli.ts';
import { checkOperations, checkRefusal, type Outcome, replay } from '../lib/contract/check.ts';
import { safeOperations } from '../lib/contract/document.ts';
import { createValidator } from '../lib/contract/validator.ts';
import { readOwnSpec } from '../lib/spec.ts';

await runCommand({
  name: 'contract',
  summary:
    'Asks a server for everything that can be read, and checks each answer against the spec.',
  flags: {
    key: {
      type: 'string',
      value: '<key>',
      description: 'API key (default: the environment variable OPENAI_ADMIN_KEY)',
    },
    param: {
      type: 'string',
      value: '<name=value>',
      multiple: true,
      description: 'Value of a path parameter that no list gives; may be repeated',
    },
    journal: {
      type: 'string',
      value: '<file>',
      description:
        'Repeat the GET requests of this file instead: the answer of GET /_mock/requests',
    },
  },
  positionals: { name: '<url>', description: 'Address of the API: http://127.0.0.1:4010/v1' },
  examples: [
    'pnpm contract http://127.0.0.1:4010/v1',
    'OPENAI_ADMIN_KEY=… pnpm contract https://api.openai.com/v1',
  ],
  async run(flags, [address = '']) {
    const url = parseURL(address);
    const { document } = await readOwnSpec({ lint: false });
    const options = {
      url,
      key: flags.key ?? process.env['OPENAI_ADMIN_KEY'],
      params: Object.fromEntries((flags.param ?? []).map(parseParam)),
      validate: await createValidator(document),
    };
    const operations = safeOperations({ paths: {}, ...document });
    const outcomes = flags.journal
      ? await replay(readJournal(flags.journal), new URL(url).pathname, options)
      : await checkOperations(operations, options);
    const [first] = operations;
    if (!flags.journal && first && options.key) outcomes.push(await checkRefusal(first, options));
    report(outcomes);
  },
});

function report(outcomes: readonly Outcome[]): void {
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
  const counts = `${checked.length} checked, ${broken.length} against the contract, ${outcomes.length - checked.length} skipped`;
  console.log(`\n${counts}`);
  if (broken.length > 0) process.exitCode = 1;
  if (!checked.some(({ status = 0 }) => status >= 200 && status < 300)) {
    throw new CommandError('No request succeeded: check the address, and pass the key with --key.');
  }
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
  throw new CommandError(`Expected ${path} to hold an array: the answer of GET /_mock/requests.`);
}
