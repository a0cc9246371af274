import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { root } from '../lib/repo.ts';

test('pnpm demo --inspect leaves the mock running with traffic, until Ctrl+C', async () => {
  const child = spawn(process.execPath, [join(root, 'scripts/dev/demo.ts'), '--inspect'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let inspector = '';
    for await (const line of createInterface(child.stdout)) {
      inspector = /^Inspector: (\S+)/.exec(line)?.[1] ?? '';
      if (inspector) break;
    }
    child.stdout.resume();
    expect((await fetch(inspector)).status).toBe(200);
    const recorded = async () =>
      ((await (await fetch(`${inspector}/requests?summary=true`)).json()) as unknown[]).length;
    const before = await recorded();
    while ((await recorded()) < before + 2) await sleep(100);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
  } finally {
    child.kill('SIGKILL');
  }
}, 120_000);
