import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { test } from '../support/inspector.ts';
import { openInspector, openOperation, openTab } from '../support/inspector-page.ts';
import { MockProcess } from '../support/mock-process.ts';

const node = { $ref: '#/components/schemas/Node' };
const json = (schema: object) => ({
  200: { description: 'OK', content: { 'application/json': { schema } } },
});
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };

/** A document with keys of every kind, Markdown, and a schema that refers to itself. */
const nodes = {
  openapi: '3.1.0',
  info: { title: 'Nodes', version: '1' },
  servers: [{ url: 'https://nodes.test/v1' }],
  paths: {
    '/nodes': {
      get: {
        operationId: 'nodes.list',
        description: 'Lists **all** nodes, with `kids`.\n\n- one\n- [two](https://nodes.test/two)',
        security: [{ header: [], query: [] }],
        responses: json({ type: 'array', items: node }),
      },
    },
    '/nodes/{id}': {
      get: {
        operationId: 'nodes.retrieve',
        security: [{ cookie: [] }],
        parameters: [id],
        responses: json(node),
      },
    },
    '/status': {
      get: {
        operationId: 'status.retrieve',
        security: [{ basic: [] }],
        responses: json({ type: 'object', properties: { up: { type: 'boolean' } } }),
      },
    },
    '/public': {
      get: {
        operationId: 'public.retrieve',
        security: [],
        responses: json({ type: 'object', properties: { up: { type: 'boolean' } } }),
      },
    },
  },
  components: {
    schemas: {
      Node: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'integer' },
          parent: { description: 'The node *above*.', ...node },
          kids: { type: 'array', items: node },
          value: { oneOf: [{ type: 'object', properties: { deep: { type: 'string' } } }, node] },
        },
      },
    },
    securitySchemes: {
      header: { type: 'apiKey', in: 'header', name: 'x-key' },
      query: { type: 'apiKey', in: 'query', name: 'key' },
      cookie: { type: 'apiKey', in: 'cookie', name: 'session' },
      basic: { type: 'http', scheme: 'basic' },
    },
  },
};

/** Opens the operations of the document. */
async function withPage(browser: Browser, run: (page: Page) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'nodes-'));
  const file = join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(nodes));
  try {
    await using mock = await MockProcess.start('--spec', file);
    const { page, problems } = await openInspector(browser, mock);
    await openTab(page, 'Operations');
    await run(page);
    expect(problems).toEqual([]);
    await page.context().close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the page of an operation', () => {
  test('has the signature with types, an example call and its response', async ({ page }) => {
    await openTab(page, 'Operations');
    await page
      .getByText(/^client\.admin\.organization\.users\.list\(query\?: UserListParams \{ /)
      .waitFor();
    await page.getByText(/: ConversationCursorPage<OrganizationUser \{ .* more \}>$/).waitFor();
    const example = page.getByRole('region', { name: 'Example', exact: true });
    const call = example.getByRole('region', { name: 'Example call' });
    expect(await call.textContent()).toContain('of client.admin.organization.users.list()');
    const response = example.getByRole('region', { name: 'Example response' });
    expect(JSON.parse((await response.textContent()) ?? '')).toMatchObject({ object: 'list' });
    // Side by side.
    const [left, right] = [await call.boundingBox(), await response.boundingBox()];
    expect(right?.x).toBeGreaterThan((left?.x ?? 0) + (left?.width ?? 0));
  });

  test('opens schemas level by level, also those that refer to themselves', async ({ browser }) => {
    await withPage(browser, async (page) => {
      await openOperation(page, 'nodes.retrieve');
      await page.getByText('200', { exact: true }).last().click();
      const open = async (name: string) => {
        const rows = page.locator('.schema summary').filter({ hasText: name });
        await rows.last().click();
      };
      const rows = page.locator('.schema li');
      const before = await rows.count();
      await open('parent');
      await expect.poll(() => rows.count()).toBe(before + 4);
      await open('kids');
      await page.getByText('each item').waitFor();
      await open('value');
      await page.getByText('either').waitFor();
      await open('either');
      await page.getByText('deep', { exact: true }).waitFor();
    });
  });

  test('shows descriptions as Markdown, with links that leave the page open', async ({
    browser,
  }) => {
    await withPage(browser, async (page) => {
      // As soon as it is there, a link must not replace the page.
      await openOperation(page, 'nodes.retrieve');
      const link = page.evaluate(
        () =>
          new Promise((resolve) => {
            new MutationObserver(() => {
              const { target, rel } = document.querySelector<HTMLAnchorElement>('.prose a') ?? {};
              if (target !== undefined) resolve({ target, rel });
            }).observe(document.body, { childList: true, subtree: true });
          }),
      );
      await openOperation(page, 'nodes.list');
      expect(await link).toEqual({ target: '_blank', rel: 'noreferrer' });
      const text = page.locator('.prose');
      await text.locator('strong').getByText('all').waitFor();
      await text.locator('code').getByText('kids', { exact: true }).waitFor();
      await expect.poll(() => text.locator('li').count()).toBe(2);
      await text.getByRole('link', { name: 'two' }).waitFor();
    });
  });

  test('sends a key wherever the document expects one, and none where it expects none', async ({
    browser,
  }) => {
    await withPage(browser, async (page) => {
      for (const name of ['nodes.list', 'nodes.retrieve', 'status.retrieve', 'public.retrieve']) {
        await openOperation(page, name);
        const article = page.getByRole('article', { name });
        await article.waitFor();
        const fields = name.startsWith('public') ? 0 : 1;
        await expect.poll(() => article.getByLabel('API key').count()).toBe(fields);
        await article.getByRole('button', { name: 'Send', exact: true }).click();
        await article.locator('.answer .status-2').waitFor();
      }
      expect(await page.evaluate(() => document.cookie)).toBe('');
    });
  });
});
