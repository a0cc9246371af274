import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { parseFlags } from '../src/cli/flags.ts';
import { createLog } from '../src/cli/log.ts';
import { usage } from '../src/cli/usage.ts';
import { bodyOf } from './support/ask.ts';

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
/** For a process that may have to wait for its turn on a busy machine. */
const patient = { timeout: 30_000 };

/** Whether a server takes a new connection. */
function accepts(port: number, host: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, host);
    socket.on('connect', () => done(true)).on('error', () => done(false));
    socket.on('connect', () => socket.destroy());
  });
}
const list = (url: string, key = 'any') =>
  fetch(`${url}/organization/users?limit=2`, { headers: { authorization: `Bearer ${key}` } });

describe('org-mock', () => {
  test('serves, says how to call it, and logs a line of JSON per request', async () => {
    const { child, output, ended, url } = run('--port', '0', '--data', 'users=7');
    expect((await list(await url())).status).toBe(200);
    // Collections that are added to the spec follow.
    expect(output.stderr).toMatch(/Mock listening on \S+ \(7 users[,)]/);
    expect(output.stderr).toContain(`Mock listening on ${await url()} (`);
    expect(output.stderr).toContain(`Inspector: ${new URL('/_mock', await url())}`);
    expect(output.stderr).toContain(`curl -H 'Authorization: Bearer any-key' '${await url()}`);
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, signal: null });
    const lines = output.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([{ method: 'GET', status: 200, query: { limit: '2' } }]);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s lets requests under way finish, and takes no new ones',
    async (signal) => {
      const folder = mkdtempSync(join(tmpdir(), 'mock-'));
      const file = join(folder, 'handlers.mjs');
      // Each request is under way until the test lets all of them go on.
      writeFileSync(
        file,
        `const released = new Promise((release) => process.once('SIGUSR2', release));
        async function list(call, next) {
          process.stderr.write('under way;');
          await released;
          return next();
        }
        export default { 'admin.organization.users.list': list };`,
      );
      const { child, output, ended, url } = run(
        ...['--port', '0', '--handlers', file, '--log', 'none'],
      );
      const address = await url();
      const calls = Array.from({ length: 20 }, () => list(address));
      await expect.poll(() => output.stderr.split('under way;').length - 1, patient).toBe(20);
      child.kill(signal);
      const { port, hostname } = new URL(address);
      await expect.poll(() => accepts(Number(port), hostname), patient).toBe(false);
      child.kill('SIGUSR2');
      const statuses = (await Promise.all(calls)).map(({ status }) => status);
      expect(statuses).toEqual(Array.from({ length: 20 }, () => 200));
      expect(await ended).toEqual({ code: 0, signal: null });
      expect(output.stdout).toBe('');
      rmSync(folder, { recursive: true });
    },
  );

  test('requests that take too long are cut off, and an event stream does not hold the end up', async () => {
    const { child, ended, url } = run('--port', '0', '--latency', '60000');
    const call = list(await url()).catch(() => 'closed');
    const events = await fetch(new URL('/_mock/events', await url()));
    const stream = events.text().catch(() => '');
    await new Promise((later) => setTimeout(later, 100));
    child.kill('SIGTERM');
    expect(await stream).toContain('retry');
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(await call).toBe('closed');
  });

  test('a second signal closes at once', async () => {
    const { child, ended, url } = run('--port', '0', '--latency', '60000');
    const address = await url();
    const call = list(address).catch(() => 'closed');
    const events = await fetch(new URL('/_mock/events', address));
    child.kill('SIGTERM');
    // The stream ends with the first signal. Two signals at once could be one.
    await events.text().catch(() => '');
    const started = performance.now();
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(await call).toBe('closed');
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test('goes on where nobody reads its log any more', async () => {
    const { child, url } = run('--port', '0');
    const address = await url();
    expect((await list(address)).status).toBe(200);
    child.stdout.destroy();
    child.stderr.destroy();
    for (let i = 0; i < 5; i += 1) {
      expect((await list(address)).status).toBe(200);
      await new Promise((later) => setTimeout(later, 30));
    }
    expect(child.exitCode).toBeNull();
  });

  test('keeps the space for new objects as small as it begins', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mock-'));
    const file = join(folder, 'handlers.mjs');
    writeFileSync(
      file,
      `import { writeFileSync } from 'node:fs';
      import { getHeapSpaceStatistics } from 'node:v8';
      let kept = [];
      function list(call, next) {
        kept = Array.from({ length: 500_000 }, (_, i) => ({ i }));
        const space = getHeapSpaceStatistics().find((one) => one.space_name === 'new_space');
        writeFileSync(new URL('size', import.meta.url), String(space.space_size));
        return next();
      }
      export default { 'admin.organization.users.list': list };`,
    );
    const { url } = run('--port', '0', '--handlers', file);
    expect((await list(await url())).status).toBe(200);
    const size = Number(readFileSync(join(folder, 'size'), 'utf8'));
    rmSync(folder, { recursive: true });
    expect(size).toBeGreaterThan(0);
    expect(size).toBeLessThanOrEqual(2 * 1024 * 1024);
  });

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
    // What the command line asks for comes back with a reset.
    expect((await list(await url(), 'sk-admin-b')).status).toBe(503);
    await fetch(new URL('/_mock/faults', await url()), { method: 'DELETE' });
    expect((await list(await url(), 'sk-admin-b')).status).toBe(200);
    const refused = await list(await url(), 'sk-other');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    child.kill();
    await ended;
    expect(output.stdout + output.stderr).not.toContain('sk-');
    expect(output.stderr).toContain('Bearer YOUR_KEY');
  });

  test('no key is in the log, wherever it stands in a request', async () => {
    const key = 'sk-admin-1234567890';
    const { child, output, ended, url } = run('--port', '0', '--key', key, '--log', 'json');
    const { origin } = new URL(await url());
    for (const target of [`/${key}/x`, `/?${key}=1`, `/?a=b${key}c`, `/?a=${key}&a=2`]) {
      await fetch(origin + target, { headers: { authorization: `Bearer ${key}` } });
    }
    child.kill();
    await ended;
    expect(output.stdout.trim().split('\n')).toHaveLength(4);
    expect(output.stdout + output.stderr).not.toContain(key);
  });

  test('the log has no bodies', async () => {
    const { child, output, ended, url } = run('--port', '0');
    await list(await url());
    child.kill();
    await ended;
    expect(output.stdout).toContain('/organization/users');
    expect(output.stdout).not.toContain('organization.user"');
  });

  test('--no-control leaves no inspector and no control endpoints', async () => {
    const { output, url } = run('--port', '0', '--no-control', '--log', 'none');
    expect((await fetch(new URL('/_mock/health', await url()))).status).toBe(404);
    expect(output.stderr).not.toContain('_mock');
  });

  test.each([
    ['{ "users": ', 'expected JSON'],
    ['[]', 'expected an object such as { "users": […] } or a snapshot, got []'],
    ['{ "users": 5 }', 'expected a list of items in "users"'],
    ['{ "users": [{}, 5] }', 'expected an object in users[1], got 5'],
    ['{ "users": [{}, { "name": 5 }] }', 'data.users[1] breaks the contract: name must be'],
    ['{ "users": [{ "nme": "a" }, { "added_at": "x" }] }', 'data.users['],
    ['{ "user": [] }', 'data has no "user". Collections: users'],
    ['{ "__proto__": [] }', 'data has no "__proto__". Collections: users'],
    ['{ "users.roles": [{}] }', "data['users.roles'][0] must have user_id"],
    ['{ "snapshot": 2 }', 'Expected a snapshot'],
    ['{ "snapshot": 1, "seed": "a" }', 'Invalid snapshot'],
    ['{ "snapshot": 1 }', 'Invalid snapshot: seed must be a text.'],
  ])(
    '--data with a file that holds %s names the file and what is wrong',
    async (content, message) => {
      const folder = mkdtempSync(join(tmpdir(), 'mock-data-'));
      const path = join(folder, 'state.json');
      writeFileSync(path, content);
      const { ended, output } = run('--port', '0', '--data', path);
      expect((await ended).code).toBe(2);
      expect(output.stderr).toContain(`--data ${path}: ${message}`);
      rmSync(folder, { recursive: true });
    },
  );

  test('--data takes items and snapshots, and says where two of them are about the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mock-data-'));
    const [items, saved] = ['items.json', 'saved.json'].map((name) => join(folder, name));
    writeFileSync(items ?? '', '{ "users": [{ "id": "user_ada", "name": "Ada" }] }');
    const first = run('--port', '0', '--log', 'none', '--data', items ?? '');
    const page = await (await list(await first.url())).json();
    expect(page).toMatchObject({ data: [{ id: 'user_ada', name: 'Ada' }], has_more: false });

    const control = (path: string, init?: RequestInit, url = first.url()) =>
      url.then((base) => fetch(new URL(`/_mock/${path}`, base), init));
    const init = { method: 'PATCH', body: '{"name":"Ada Lovelace"}' };
    const headers = { 'content-type': 'application/json' };
    const generated = run('--port', '0', '--log', 'none', '--data', 'users=3', '--seed', 'saved');
    const { data } = await bodyOf(await control('data/users', {}, generated.url()));
    const id = data[1].id;
    await control(`data/users/${id}`, { ...init, headers }, generated.url());
    writeFileSync(saved ?? '', await (await control('snapshot', {}, generated.url())).text());
    const restored = run('--port', '0', '--log', 'none', '--data', saved ?? '');
    const user = await (await control(`data/users/${id}`, {}, restored.url())).json();
    expect(user).toMatchObject({ id, name: 'Ada Lovelace' });

    const twice = run('--port', '0', '--data', items ?? '', '--data', 'users=3');
    expect((await twice.ended).code).toBe(2);
    expect(twice.output.stderr).toContain(
      `--data ${items}: users comes from --data users=3 as well`,
    );
    rmSync(folder, { recursive: true });
  });

  test('--data with a count of what is not there names it', async () => {
    const { ended, output } = run('--port', '0', '--data', 'nothing=3');
    expect((await ended).code).toBe(2);
    expect(output.stderr).toContain('--data nothing=3: data has no "nothing". Collections: users');
  });

  test('--data with a file that is not there says so', async () => {
    const { ended, output } = run('--port', '0', '--data', './none.json');
    expect((await ended).code).toBe(2);
    expect(output.stderr).toContain('--data ./none.json: the file does not exist');
  });

  test('a port in use is a sentence that says what to do', async () => {
    const first = run('--port', '0');
    const { port } = new URL(await first.url());
    const second = run('--port', port);
    expect((await second.ended).code).toBe(1);
    expect(second.output.stderr).toBe(
      `Port ${port} on 127.0.0.1 is in use. Choose another port with --port, or any free one with --port 0.\n`,
    );
  });

  test.each([
    ['203.0.113.1', '203.0.113.1 is not an address of this machine. Choose another one with'],
    ['no.such.host.invalid', 'The host no.such.host.invalid is unknown. Choose an address of'],
  ])('--host %s is a sentence that says what to do', async (host, message) => {
    const { ended, output } = run('--port', '0', '--host', host);
    expect((await ended).code).toBe(1);
    expect(output.stderr).toContain(`${message}`);
  });

  test.each([
    [['--port', 'x'], '--port must be a whole number from 0 to 65535, not "x"'],
    [['--prot', '5'], "Unknown option '--prot'. Did you mean --port?\n"],
    [['--prot=5'], "Unknown option '--prot'. Did you mean --port?\n"],
    [['--dta', 'users=5'], "Unknown option '--dta'. Did you mean --data?\n"],
    [['--cors-orgin', 'x'], "Unknown option '--cors-orgin'. Did you mean --cors-origin?\n"],
    [['-p', '5'], "Unknown option '-p'. Did you mean --port?\n"],
    [['--something-else'], "Unknown option '--something-else'\n"],
    [['--users', '5'], "Unknown option '--users': write --data users=250"],
    [['serve'], "Unexpected argument 'serve'. Without a command, the mock is served; the commands"],
    [['api/pets.yaml'], "Unexpected argument 'api/pets.yaml'. Did you mean --spec api/pets.yaml?"],
    [['-s', 'a.yaml'], "Unknown option '-s'. Did you mean --spec?"],
    [['--openapi', 'a.yaml'], "Unknown option '--openapi'. Did you mean --spec?"],
    [['--spec='], '--spec must not be empty.'],
    [['--spec', 'a.yaml', '--spec', 'b.yaml'], '--spec is there several times, and a mock serves'],
    [
      ['--data', 'users='],
      '--data users=… must be a number of items from 0 to 2147483648, such as users=250, not nothing',
    ],
    [['--data', 'users=many'], 'such as users=250, not "many"'],
    [['--data', 'users=-1'], 'such as users=250, not "-1"'],
    [['--data', ''], '--data must not be empty'],
    [['--latency', ''], '--latency must be milliseconds'],
    [['--fail', ''], '--fail must be a status'],
    [['--cors-origin', 'app.test'], '--cors-origin must be an origin such as'],
    [['--cors-origin', '*', '--no-cors'], 'contradict each other'],
    [['--host', ''], '--host must not be empty'],
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
    expect(help.output.stdout).toBe(`${usage('org-mock')}\n`);
    const version = run('--version');
    await version.ended;
    expect(version.output.stdout.trim()).toBe(manifest.version);
  });
});

describe('a log that nobody reads', () => {
  test('does not keep the command from ending', async () => {
    const child = spawn(process.execPath, [program, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.push(child);
    const address = await new Promise<string>((found) => {
      child.stderr.on('data', (chunk) => {
        const [url] = /http:\/\/\S+\/v1(?= )/.exec(String(chunk)) ?? [];
        if (url) found(url);
      });
    });
    // More than a pipe holds.
    const long = 'x'.repeat(4_000);
    for (let i = 0; i < 100; i += 1) await (await fetch(`${address}/${long}`)).text();
    const exited = new Promise((done) => child.once('exit', done));
    // One signal: a second one would end it in any case.
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
  });

  test('is dropped beyond a megabyte, with the number of missing requests', async () => {
    const written: string[] = [];
    let resume = () => {};
    const stream = new Writable({
      decodeStrings: false,
      write(chunk, _, done) {
        written.push(String(chunk));
        resume = done;
      },
    });
    const log = createLog('json', stream);
    const request = { id: 'x', path: 'y'.repeat(1_000), validations: [] } as never;
    const turn = () => new Promise((again) => setTimeout(again, 15));
    for (let i = 0; i < 50; i += 1) {
      for (let n = 0; n < 100; n += 1) log?.(request);
      await turn();
    }
    expect(stream.writableLength).toBeLessThan(2 * 1024 * 1024);
    for (let i = 0; i < 60 && stream.writableLength > 0; i += 1) {
      resume();
      await turn();
    }
    log?.(request);
    await turn();
    resume();
    await turn();
    const dropped = /\{"dropped":(\d+)\}/.exec(written.join(''))?.[1];
    const lines = written.join('').match(/"id":"x"/g)?.length ?? 0;
    expect(Number(dropped) + lines).toBe(5_001);
  });
});

describe('flags', () => {
  test('are read', () => {
    expect(
      parseFlags(
        '--port 0 --host ::1 --data users=5 --data users.roles=2 --data a.json --seed s --latency 50-200 --fail 429:0.1 --fail 500 --log json --strict --no-control --allow-host mock --key k --spec a.yaml --root . --overlay b.yaml --watch --verbose --faults f.json --handlers h.mjs'.split(
          ' ',
        ),
      ),
    ).toEqual({
      help: false,
      version: false,
      spec: 'a.yaml',
      root: '.',
      overlays: ['b.yaml'],
      watch: true,
      verbose: true,
      log: 'json',
      counts: { users: 5, 'users.roles': 2 },
      files: ['a.json'],
      ruleFiles: ['f.json'],
      handlers: 'h.mjs',
      server: {
        port: 0,
        host: '::1',
        seed: 's',
        latency: [50, 200],
        cors: true,
        control: false,
        strict: true,
        faults: [{ status: 429, probability: 0.1 }, { status: 500 }],
        allowedHosts: ['mock'],
        keys: ['k'],
      },
    });
    expect(parseFlags([]).server).toEqual({
      port: 4010,
      cors: true,
      control: true,
      strict: false,
      faults: [],
    });
    expect(parseFlags(['--latency', '50']).server.latency).toBe(50);
  });

  test.each([
    ['--data', 'users=-1'],
    ['--data', 'users=1e3'],
    ['--data', 'users='],
    ['--data', ''],
    ['--data', 'users=1', '--data', 'users=2'],
    ['--latency', '2147483648'],
    ['--latency', '1-99999999999'],
    ['--allow-host', 'http://x'],
    ['--allow-host', 'x:80'],
    ['--host', ''],
    ['--key', ''],
    ['--port', '1e3'],
    ['--port', '65536'],
    ['--latency', 'slow'],
    ['--latency', '200-50'],
    ['--fail', '200'],
    ['--fail', '429:2'],
    ['--fail', '429:'],
    ['--fail', '{'],
    ['--faults', ''],
    ['--handlers', ''],
    ['--log', 'xml'],
    ['--port'],
  ])('%s %s is refused by name', (...args) => {
    expect(() => parseFlags(args)).toThrow(args[0]);
  });

  test('a key that is refused is not shown', () => {
    expect(() => parseFlags(['--key', 'sk-secret with blank'])).toThrow(
      expect.not.stringContaining('secret'),
    );
  });

  test('every flag stands in the help', () => {
    for (const flag of 'port host data seed key latency fail strict cors-origin no-cors no-control allow-host log help version'.split(
      ' ',
    )) {
      expect(usage('org-mock')).toContain(`--${flag}`);
    }
  });

  test('the help fits the terminal, from 40 columns', () => {
    const words = (text: string) => text.split(/[\s\\]+/).filter(Boolean);
    for (let width = 40; width <= 120; width += 1) {
      const text = usage('org-mock', width);
      const longest = Math.max(...text.split('\n').map((line) => line.length));
      expect(longest, `at ${width} columns`).toBeLessThanOrEqual(width);
      expect(words(text)).toEqual(words(usage('org-mock')));
    }
  });
});
