import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { test } from '../support/inspector.ts';
import { closePanel, openInspector, openTab } from '../support/inspector-page.ts';
import { makeTraffic } from '../support/traffic.ts';

interface Violation {
  id: string;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** What axe finds against WCAG 2.2 AA and its own best practices, in a few words each. */
async function violations(page: Page): Promise<string[]> {
  // Through the debugger: the page's policy refuses scripts of others.
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    return (await axe.run()).violations;
  });
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}

/** How far things moved by themselves since the page was opened: the cumulative layout shift. */
function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            sum += (entry as unknown as { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 300);
      }),
  );
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1280]) {
    // Ten runs of axe over the whole page: most of a minute where other suites share the machine.
    test(`axe finds nothing in any tab: ${colorScheme}, ${width} px`, { timeout: 240_000 }, async ({
      mock,
      browser,
    }) => {
      await mock.control('POST', 'reset', {});
      const { page, problems } = await openInspector(browser, mock, { colorScheme, width });
      const found: Record<string, string[]> = {};
      const check = async (state: string) => {
        found[state] = await violations(page);
      };
      await check('no requests');
      await makeTraffic(mock);
      await page.getByRole('row').filter({ hasText: 'limit=101' }).waitFor();
      await check('requests');
      await page.getByRole('row').filter({ hasText: 'limit=101' }).click();
      await page.getByRole('heading', { name: 'Response body' }).waitFor();
      await check('a request');
      await closePanel(page);
      await openTab(page, 'Data');
      await page.getByRole('row').nth(1).waitFor();
      await check('items');
      await page.getByRole('row').nth(1).click();
      await page.getByLabel('Item as JSON').fill('{"id": 1');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.locator('.problems li').waitFor();
      await check('an item with an error');
      await page.getByRole('button', { name: 'Close', exact: true }).click();
      await page.getByRole('navigation', { name: 'Collections' }).getByText('users.roles').click();
      await page.getByLabel('user_id').waitFor();
      await check('a scope');
      await openTab(page, 'Faults');
      await page.getByLabel('Status').fill('1');
      await page.keyboard.press('Enter');
      await page.locator('#rule-error').getByText('must be').waitFor();
      await check('faults');
      await openTab(page, 'Operations');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByRole('region', { name: 'Response body' }).waitFor();
      await page.locator('details').first().click();
      await check('operations');
      await openTab(page, 'Changes');
      await page.getByRole('table').first().waitFor();
      await check('changes');
      await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
      await check('shortcuts');
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((state) => [state, []])));
      expect(problems).toEqual([]);
      await page.context().close();
    });
  }
}

test('nothing is cut off at 360 px, and nothing scrolls sideways from 360 to 1920 px', async ({
  mock,
  browser,
}) => {
  await mock.control('POST', 'reset', {});
  await makeTraffic(mock);
  for (const width of [360, 768, 1920]) {
    const { page } = await openInspector(browser, mock, { width });
    for (const tab of ['Requests', 'Data', 'Faults', 'Operations', 'Changes']) {
      await openTab(page, tab);
      await page.locator('main :is([role=gridcell], td, article)').first().waitFor();
      const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
      expect([tab, width, scrollWidth]).toEqual([tab, width, clientWidth]);
    }
    await page.context().close();
  }
});

test('light and dark follow the choice of the system, also when it changes', async ({ page }) => {
  const lightness = async () => {
    const color = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    return Number(/\d+/.exec(color)?.[0]);
  };
  await expect.poll(lightness).toBeGreaterThan(200);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(lightness).toBeLessThan(60);
});

for (const tab of ['data', 'faults', 'operations', 'changes']) {
  test(`the layout does not shift while the page loads at #${tab}`, async ({ mock, browser }) => {
    await mock.control('POST', 'reset', {});
    await mock.control('POST', 'faults', { status: 503, times: 1 });
    await mock.control('POST', 'data/users', {});
    const { page } = await openInspector(browser, mock, { hash: `#${tab}` });
    await page
      .locator('main')
      .getByText(/users|503/)
      .first()
      .waitFor();
    expect(await layoutShift(page)).toBeLessThan(0.01);
    await page.context().close();
  });
}

test('the layout does not shift while the page loads and requests come in', async ({
  mock,
  browser,
}) => {
  await mock.control('POST', 'reset', {});
  await makeTraffic(mock);
  const { page } = await openInspector(browser, mock);
  await page.getByRole('row').nth(1).waitFor();
  for (let index = 0; index < 20; index += 1) await mock.call('GET', '/organization/users?limit=1');
  await page.getByText('33 requests').waitFor();
  expect(await layoutShift(page)).toBeLessThan(0.01);
  await page.context().close();
});
