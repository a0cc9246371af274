import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brokenDocuments } from '@org/test-suite/broken-documents';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { loadAPI } from '../../src/index.ts';
import { endCommands, startCommand } from '../support/command.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'broken-'));
});
afterEach(endCommands);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes the files into a folder of their own, which is returned. */
function write(name: string, files: Readonly<Record<string, string>>): string {
  const own = mkdtempSync(join(folder, name));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(own, path)), { recursive: true });
    writeFileSync(join(own, path), text);
  }
  return own;
}

const cases = brokenDocuments.flatMap(({ variants, ...rest }) =>
  variants.map((variant) => ({ ...rest, ...variant })),
);

test.each(cases)(
  'loadAPI reports $name: $place',
  async ({ files, place, message, isServed = false }) => {
    const own = write('one-', files);
    const [main = ''] = Object.keys(files);
    const found = await loadAPI(join(own, main)).then(
      ({ warnings }) => ({ isServed: true, lines: warnings }),
      (error: Error) => ({ isServed: false, lines: error.message.split('\n') }),
    );
    expect(found.isServed).toBe(isServed);
    expect(found.lines).toEqual([expect.stringContaining(message)]);
    expect(found.lines[0]).toContain(`/${place}: `);
  },
);

test('org-mock --spec ends with the file, the line and the reason, and no stack', async () => {
  const found = brokenDocuments.find(({ name }) => name === 'a response as a string');
  const own = write('refused-', found?.variants[1]?.files ?? {});
  const { ended, output } = startCommand(own, '--port', '0', '--spec', 'openapi.yaml');
  expect((await ended).code).toBe(1);
  expect(output.stderr).toBe(
    'Invalid spec in openapi.yaml:\npaths/things.yaml:8:5: Expected an object (Response): `200` is a string. (struct)\n',
  );
});

test('org-mock --spec prints flaws that it can serve a document with', async () => {
  const unknown = Array.from({ length: 7 }, (_, i) => `  /${i}: { gett: {} }\n`).join('');
  const text = `openapi: 3.1.0\ninfo: { title: Flaws, version: '1' }\npaths:\n${unknown}`;
  const own = write('flaws-', { 'openapi.yaml': text });
  const { says } = startCommand(own, '--port', '0', '--log', 'none', '--spec', 'openapi.yaml');
  await says('Warning: openapi.yaml:4:9: Unexpected field `gett`. Did you mean `get`? (struct)');
  await says('2 more warnings. To see all, pass --verbose');
  await says('Mock listening');
});

test('an object has flaws as well, which have paths instead of lines', async () => {
  const { warnings } = await loadAPI({ openapi: '3.1.0', paths: {} });
  expect(warnings).toEqual(['The document: The document has no `info`. Add it. (struct)']);
});
