import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { parseFlags, usage } from '../src/flags.ts';

const program = resolve(import.meta.dirname, '../dist/cli.js');
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** Starts the command as a process of its own. */
function run(...args: string[]) {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  const ended = new Promise<{ code: number | null; signal: string | null }>((done) =>
    child.on('close', (code, signal) => done({ code, signal })),
  );
  const url = async () => {
    for (;;) {
      const found = /http:\/\/\S+\/v1(?= )/.exec(output.stderr)?.[0];
      if (found) return found;
      await Promise.race([ended, new Promise((again) => setTimeout(again, 20))]);
      if (child.exitCode !== null) throw new Error(output.stderr);
    }
  };
  return { child, output, ended, url };
}
const list = (url: string, key = 'any') =>
  fetch(`${url}/organization/users?limit=2`, { headers: { authorization: `Bearer ${key}` } });

describe('org-mock', () => {
  test('serves, says how to call it, and logs a line of JSON per request', async () => {
    const { child, output, ended, url } = run('--port', '0', '--users', '7');
    expect((await list(await url())).status).toBe(200);
    expect(output.stderr).toContain('knows 7 users');
    expect(output.stderr).toContain(`curl -H 'Authorization: Bearer any-key' '${await url()}`);
    expect(output.stderr).toContain('new OrgClient({');
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, signal: null });
    const lines = output.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([{ method: 'GET', status: 200, query: { limit: '2' } }]);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'stops cleanly on %s, also with an open connection',
    async (signal) => {
      const { child, ended, url } = run('--port', '0', '--latency', '60000');
      const call = list(await url()).catch(() => 'closed');
      await new Promise((later) => setTimeout(later, 100));
      child.kill(signal);
      expect(await ended).toEqual({ code: 0, signal: null });
      expect(await call).toBe('closed');
    },
  );

  test('--log pretty is for people, --log none is silent', async () => {
    const pretty = run('--port', '0', '--log', 'pretty');
    await list(await pretty.url());
    await fetch(`${await pretty.url()}/organization/users?limit=0`, {
      headers: { authorization: 'Bearer x' },
    });
    pretty.child.kill();
    await pretty.ended;
    expect(pretty.output.stdout).toMatch(/200 .* ms {2}GET \/v1\/organization\/users\?limit=2/);
    expect(pretty.output.stdout).toMatch(/400 .*\n.*limit/);
    const silent = run('--port', '0', '--log', 'none');
    await list(await silent.url());
    silent.child.kill();
    await silent.ended;
    expect(silent.output.stdout).toBe('');
  });

  test('--key, --fail and --no-cors do what they say, and no key is logged', async () => {
    const { child, output, ended, url } = run(
      ...[
        '--port',
        '0',
        '--key',
        'sk-admin-a',
        '--key',
        'sk-admin-b',
        '--fail',
        '503',
        '--no-cors',
      ],
    );
    expect((await list(await url(), 'sk-admin-b')).status).toBe(503);
    await fetch(new URL('/_mock/reset', await url()), { method: 'POST' });
    expect((await list(await url(), 'sk-admin-b')).status).toBe(200);
    const refused = await list(await url(), 'sk-other');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    child.kill();
    await ended;
    expect(output.stdout).not.toContain('sk-');
  });

  test('a port in use is a sentence that says what to do', async () => {
    const first = run('--port', '0');
    const { port } = new URL(await first.url());
    const second = run('--port', port);
    expect((await second.ended).code).toBe(1);
    expect(second.output.stderr).toMatch(/EADDRINUSE.*choose another port with --port/);
    expect(second.output.stderr).not.toContain(' at ');
  });

  test.each([
    [['--port', 'x'], '--port must be a whole number from 0 to 65535, not "x"'],
    [['--prot', '5'], "Unknown option '--prot'"],
    [['extra'], 'extra'],
  ])('%o is refused, and the exit code is 2', async (args, message) => {
    const { ended, output } = run(...args);
    expect((await ended).code).toBe(2);
    expect(output.stderr).toContain(message);
    expect(output.stderr).toContain('org-mock --help');
    expect(output.stderr).not.toContain('node:internal');
  });

  test('--help and --version print and leave', async () => {
    const help = run('--help');
    expect((await help.ended).code).toBe(0);
    expect(help.output.stdout.trim()).toBe(usage.trim());
    const version = run('--version');
    await version.ended;
    expect(version.output.stdout.trim()).toBe(manifest.version);
  });
});

describe('flags', () => {
  test('are read', () => {
    expect(
      parseFlags(
        '--port 0 --host ::1 --users 5 --seed s --latency 50-200 --fail 429:0.1 --fail 500 --log json'.split(
          ' ',
        ),
      ),
    ).toEqual({
      help: false,
      version: false,
      log: 'json',
      faults: [{ status: 429, probability: 0.1 }, { status: 500 }],
      server: { port: 0, host: '::1', users: 5, seed: 's', latency: [50, 200], cors: true },
    });
    expect(parseFlags([]).server).toEqual({ port: 4010, cors: true });
    expect(parseFlags(['--latency', '50']).server.latency).toBe(50);
  });

  test.each([
    ['--users', '-1'],
    ['--users', '1e3x'],
    ['--users', ''],
    ['--port', '65536'],
    ['--latency', 'slow'],
    ['--latency', '200-50'],
    ['--fail', '200'],
    ['--fail', '429:2'],
    ['--fail', '429:'],
    ['--log', 'xml'],
    ['--port'],
  ])('%s %s is refused by name', (...args) => {
    expect(() => parseFlags(args)).toThrow(args[0]);
  });

  test('every flag stands in the help', () => {
    for (const flag of 'port host users seed key latency fail no-cors log help version'.split(
      ' ',
    )) {
      expect(usage).toContain(`--${flag}`);
    }
  });
});
