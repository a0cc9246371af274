import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endCommands, startCommand } from './support/command.ts';
import { library } from './support/pet-shop.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handlers-'));
  for (const [path, text] of Object.entries(library)) write(path, text);
});
afterEach(() => {
  endCommands();
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** A module whose handler puts a title before each book that is read. */
const titled = (title: string) =>
  `export default {\n  'books.retrieve': async (call, next) => ({ ...(await next()), title: ${title} }),\n};\n`;

async function serve(...args: string[]) {
  const files = ['--spec', 'openapi.yaml', '--handlers', 'handlers.mjs', '--watch'];
  const command = startCommand(folder, '--port', '0', '--log', 'none', ...files, ...args);
  const address = await command.url();
  const ask = async (path: string, method = 'GET', body?: object) => {
    const response = await fetch(new URL(path, address), {
      method,
      ...(body && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    return (await response.json()) as Record<string, unknown>;
  };
  return { ...command, address, ask };
}

test('--watch reloads the handlers and the modules that they import, and keeps everything else', async () => {
  write('titles/first.mjs', "export { title } from './deep.mjs';\n");
  write('titles/deep.mjs', "export const title = 'one';\n");
  write('handlers.mjs', `import { title } from './titles/first.mjs';\n${titled('title')}`);
  const { says, ask, address } = await serve('--data', 'books=1');
  const { id } = await ask('/books', 'POST', { title: 'Emma' });
  await ask('/_mock/faults', 'POST', { status: 503, match: { method: 'DELETE' } });
  expect((await ask(`/books/${id}`))['title']).toBe('one');
  const titleIn = async (session: string) => {
    const headers = { 'x-mock-session': session };
    const list = await fetch(`${address}/books`, { headers });
    const [book] = ((await list.json()) as { data: { id: string }[] }).data;
    const response = await fetch(`${address}/books/${book?.id}`, { headers });
    return ((await response.json()) as { title: string }).title;
  };
  expect(await titleIn('before')).toBe('one');

  const failures: unknown[] = [];
  let isDone = false;
  const work = async () => {
    while (!isDone) {
      const answer = await fetch(`${address}/books/${id}`).catch((error: unknown) => error);
      if (!(answer instanceof Response && answer.ok)) failures.push(answer);
    }
  };
  const worker = work();
  write('titles/deep.mjs', "export const title = 'two';\n");
  await says('handlers.mjs changed: the mock uses it, and keeps the data.');
  expect((await ask(`/books/${id}`))['title']).toBe('two');
  write('handlers.mjs', titled("'three'"));
  await says('handlers.mjs changed');
  expect((await ask(`/books/${id}`))['title']).toBe('three');
  isDone = true;
  await worker;
  expect(failures).toEqual([]);

  // The data, the faults and the journal.
  expect(await ask('/books')).toMatchObject({ data: [{}, { id, title: 'Emma' }] });
  expect(await ask('/_mock/faults')).toMatchObject([{ rule: { match: { method: 'DELETE' } } }]);
  const first = '/_mock/requests/req_0000000000000000';
  expect(await ask(first)).toMatchObject({ method: 'POST', path: '/books' });

  // Sessions use the new handlers as well, and so does a mock after a reset.
  expect(await titleIn('before')).toBe('three');
  expect(await titleIn('after')).toBe('three');
  await ask('/_mock/reset', 'POST');
  const book = ((await ask('/books'))['data'] as { id: string }[])[0]?.id;
  expect((await ask(`/books/${book}`))['title']).toBe('three');
});

test('handlers that are broken are reported with file and line, and the previous ones stay', async () => {
  write('handlers.mjs', titled("'old'"));
  const { says, ask, child } = await serve('--data', 'books=1');
  const [book] = (await ask('/books'))['data'] as { id: string }[];
  const title = async () => (await ask(`/books/${book?.id}`))['title'];
  write('broken.mjs', 'export const a = 1;\nexport const = 2;\n');
  write('throws.mjs', "\n\n  throw new Error('Not today');\n");
  const broken: [text: string, message: string][] = [
    ['export default {\n  oops', 'handlers.mjs:2: '],
    ["\nthrow new Error('No');", 'handlers.mjs:2:7: No'],
    ["import './broken.mjs';", 'broken.mjs:2: '],
    ["import './throws.mjs';", 'throws.mjs:3:9: Not today'],
    ["\nimport { b } from './handlers.mjs';", 'handlers.mjs:2: '],
    ["\n\nimport './none.mjs';", 'handlers.mjs:3: Cannot find module'],
    ["export default {\n  'books.retrive': () => 1,\n};", 'handlers.mjs:2: No operation is named'],
    ["export default {\n  'books.list': 1,\n};", 'handlers.mjs:2: The handler of books.list must'],
    ['export const list = 1;', 'expected a default export such as'],
  ];
  for (const [text, message] of broken) {
    write('handlers.mjs', text);
    await says(message);
    expect(await says('\nThe mock keeps using the previous version.')).toBeTruthy();
    expect(await ask('/_mock/health')).toMatchObject({ status: 'ok' });
    expect(await title(), message).toBe('old');
  }
  rmSync(join(folder, 'handlers.mjs'));
  await says('--handlers handlers.mjs: the file does not exist.');
  write('handlers.mjs', titled("'new'"));
  await says('handlers.mjs changed');
  expect(await title()).toBe('new');
  expect(child.exitCode).toBeNull();
});

test('handlers of an operation that the document gets later are used from then on', async () => {
  write('handlers.mjs', titled("'old'"));
  const { says, ask } = await serve('--data', 'books=1');
  write('handlers.mjs', "export default { 'now.retrieve': () => ({ time: 'late' }) };\n");
  await says('No operation is named "now.retrieve"');
  const schema = '{ type: object, properties: { time: { type: string } } }';
  const content = `{ application/json: { schema: ${schema} } }`;
  write(
    'openapi.yaml',
    `${library['openapi.yaml']}  /now: { get: { responses: { '200': { description: OK, content: ${content} } } } }\n`,
  );
  await says('handlers.mjs changed: the mock uses it');
  expect(await ask('/now')).toEqual({ time: 'late' });
});

test('--watch needs a document or handlers', async () => {
  const { ended, output } = startCommand(folder, '--watch');
  expect((await ended).code).toBe(2);
  expect(output.stderr).toContain('add --spec <file> or --handlers <file>');
});
