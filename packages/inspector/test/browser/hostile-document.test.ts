import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { test } from '../support/inspector.ts';
import { openInspector, openOperation, openTab } from '../support/inspector-page.ts';
import { MockProcess } from '../support/mock-process.ts';

/** Each would be an element, a script or an address, if the page took it for HTML. */
const attacks = [
  '<img src=x onerror="globalThis.pwned=1">',
  '</script><script>globalThis.pwned=1</script>',
  '<iframe srcdoc="<script>parent.pwned=1</script>">',
  '<a href="javascript:globalThis.pwned=1">x</a>',
  '[x](javascript:globalThis.pwned=1)',
  '"><svg onload=globalThis.pwned=1>',
  '\u202egnp.exe',
  '</title></textarea></style>',
];
const all = attacks.join(' ');
const schema = {
  type: 'object',
  title: all,
  description: all,
  required: ['id'],
  properties: {
    id: { type: 'string' },
    ...Object.fromEntries(attacks.map((name) => [name, { type: 'string', enum: [name] }])),
  },
};
const json = (body: object) => ({
  200: { description: all, content: { 'application/json': { schema: body } } },
});
const id = { name: 'id', in: 'path', required: true, description: all, schema: { type: 'string' } };
const document = {
  openapi: '3.1.0',
  info: { title: all, version: attacks[0] },
  servers: [{ url: 'https://hostile.test/v1', description: all }],
  security: [],
  paths: {
    '/things': {
      get: {
        operationId: 'things.list',
        summary: all,
        description: all,
        tags: attacks,
        parameters: attacks.map((name) => ({
          ...{ name, in: 'query', description: all, example: name, schema: { type: 'string' } },
        })),
        responses: json({ type: 'object', properties: { data: { type: 'array', items: schema } } }),
      },
    },
    '/things/{id}': {
      get: { operationId: 'things.retrieve', parameters: [id], responses: json(schema) },
    },
  },
};

test("a document's strings are shown as text in every tab", async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-document-'));
  const file = join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(document));
  try {
    await using mock = await MockProcess.start('--spec', file);
    const { page, problems } = await openInspector(browser, mock);
    await fetch(`${mock.origin}/v1/things?${new URLSearchParams({ [attacks[0] ?? '']: all })}`);
    await page.getByRole('row').filter({ hasText: '/things' }).first().click();
    const item = { id: all, [attacks[0] ?? '']: attacks[0] };
    await mock.control('POST', 'data/things', item);
    await mock.control('POST', 'marks', { name: 'before' });
    await mock.control('PUT', `data/things/${encodeURIComponent(all)}`, {
      ...item,
      [attacks[1] ?? '']: attacks[1],
    });
    for (const tab of ['Requests', 'Operations', 'Data', 'Faults', 'Changes']) {
      await openTab(page, tab);
      if (tab === 'Operations') {
        await openOperation(page, 'things.list');
        // Markdown is loaded for the first text that needs it.
        await page.locator('.markdown:not(.prose-plain)').first().waitFor();
        await page.getByText('<img src=x onerror').first().waitFor();
      }
      if (tab === 'Data') {
        await page.getByRole('row').nth(1).click();
        await page.getByText('<img src=x onerror').first().waitFor();
      }
      if (tab === 'Changes') {
        await page.getByLabel('Since').selectOption('before');
        await page.getByRole('row').filter({ hasText: '</script><script>' }).waitFor();
      }
      const found = await page.evaluate(() => ({
        pwned: 'pwned' in globalThis,
        elements: globalThis.document.querySelectorAll(
          'main :is(img, iframe, script, object, embed)',
        ).length,
        links: [...globalThis.document.querySelectorAll('a')].filter(
          ({ protocol }) => !/^https?:$/.test(protocol),
        ).length,
      }));
      expect(found, tab).toEqual({ pwned: false, elements: 0, links: 0 });
    }
    expect(problems).toEqual([]);
    await page.context().close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
