// pnpm bench:inspector: what an open page costs the mock, and whether the page stays responsive, at 500 requests/s.
// Two mocks get the same requests at the same time, and the page watches one of them: a browser slows down everything
// on its machine, and this way it slows down both.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { launch } from '../test/support/browser.ts';
import { openInspector } from '../test/support/inspector-page.ts';
import { MockProcess } from '../test/support/mock-process.ts';

const requests = Number(process.env['REQUESTS'] ?? 20_000);
const perSecond = 500;
const rounds = Number(process.env['ROUNDS'] ?? 3);

/** Ticks of a CPU second in /proc; Linux has used 100 everywhere for decades. */
const ticks = 100;

interface Responsiveness {
  /** The longest time between two frames, in ms. */
  longestFrame: number;
  /** The longest task of the main thread above 50 ms; 0 where there was none. */
  longestTask: number;
  /** From a key in the search field to the frame that shows the filtered list. */
  search: number;
  shown: string;
}

const browser = await launch();
try {
  const growths: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { watched, alone } = await measure();
    growths.push((watched / alone - 1) * 100);
    console.log(
      `CPU of the mock per request: ${alone.toFixed(3)} ms without a page, ` +
        `${watched.toFixed(3)} ms with one (${growths.at(-1)?.toFixed(1)} %)`,
    );
  }
  console.log(
    `Median of ${rounds} rounds of ${requests} requests: ${median(growths).toFixed(1)} %`,
  );
} finally {
  await browser.close();
}

/** Milliseconds of CPU per request, of the mock that the page watches and of the other one. */
async function measure(): Promise<{ watched: number; alone: number }> {
  await using watched = await MockProcess.start('--data', 'users=1000');
  await using alone = await MockProcess.start('--data', 'users=1000');
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const loadBoth = (count: number) =>
    Promise.all([watched, alone].map((mock) => load(mock, agent, count)));
  await loadBoth(2000);
  const { page } = await openInspector(browser, watched);
  await page.evaluate(watch);
  const before = { watched: cpuOf(watched.pid), alone: cpuOf(alone.pid) };
  const sending = loadBoth(requests);
  const search = await searchDuring(page);
  await sending;
  const perRequest = (mock: MockProcess, start: number) =>
    ((cpuOf(mock.pid) - start) * 1000) / requests;
  const used = {
    watched: perRequest(watched, before.watched),
    alone: perRequest(alone, before.alone),
  };
  agent.destroy();
  // Time for the last events to arrive.
  await sleep(1500);
  const seen = await page.evaluate(report);
  print({ ...seen, search, shown: (await page.locator('.summary').textContent()) ?? '' });
  await page.context().close();
  return used;
}

async function load(mock: MockProcess, agent: Agent, count: number): Promise<void> {
  const started = performance.now();
  const pending: Promise<void>[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    const ahead = started + (sent * 1000) / perSecond - performance.now();
    if (ahead > 1) await sleep(ahead);
    pending.push(call(mock, agent, `/v1/organization/users?limit=${1 + (sent % 20)}`));
  }
  await Promise.all(pending);
}

function call(mock: MockProcess, agent: Agent, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: 'Bearer any' };
    request(mock.origin + path, { agent, headers }, (response) => {
      response.resume().once('end', resolve);
    })
      .once('error', reject)
      .end();
  });
}

/** Types into the search field while requests come in, as a reader would. */
async function searchDuring(page: Page): Promise<number> {
  await sleep((requests / perSecond) * 500);
  const started = performance.now();
  await page.getByLabel('Search requests').fill('limit=7');
  await page.getByText(/of \d+,?\d* requests/).waitFor();
  const took = performance.now() - started;
  await page.getByLabel('Search requests').fill('');
  return took;
}

/** Seconds of CPU that a process has used, in user and system mode. */
function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}

interface Watched {
  seen: { longestFrame: number; longestTask: number };
}

/** Runs in the page: notes the longest gap between frames and the longest task. */
function watch(): void {
  const seen = { longestFrame: 0, longestTask: 0 };
  (window as unknown as Watched).seen = seen;
  let last = performance.now();
  const frame = (now: number) => {
    seen.longestFrame = Math.max(seen.longestFrame, now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      seen.longestTask = Math.max(seen.longestTask, duration);
    }
  }).observe({ type: 'longtask' });
}

function report(): { longestFrame: number; longestTask: number } {
  return (window as unknown as Watched).seen;
}

function print({ longestFrame, longestTask, search, shown }: Responsiveness): void {
  console.log(
    `Page: longest frame ${longestFrame.toFixed(0)} ms, longest task ${longestTask.toFixed(0)} ms, ` +
      `search ${search.toFixed(0)} ms; shows ${shown}`,
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
