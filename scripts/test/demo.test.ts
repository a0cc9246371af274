import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createMock, loadAPI } from '@org/mock';
import { expect, test } from 'vitest';
import { demonstrate } from '../lib/demo-subject.ts';
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

test('a document whose lists need arguments is shown by reads with arguments', async () => {
  const pet = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
  const gives = (schema: object) => ({
    responses: { 200: { description: 'OK', content: { 'application/json': { schema } } } },
  });
  const parameter = (place: string, name: string, schema: object) => ({
    ...{ name, in: place, required: true, schema },
  });
  const document = {
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1' },
    paths: {
      '/pets': {
        get: {
          ...gives({ type: 'array', items: pet }),
          operationId: 'pets.list',
          parameters: [
            {
              ...parameter('query', 'kind', { enum: ['cat', 'dog'] }),
              'x-client': { argument: 'animal' },
            },
          ],
        },
      },
      '/pets/{id}': {
        get: {
          ...gives(pet),
          operationId: 'pets.retrieve',
          parameters: [parameter('path', 'id', { type: 'integer' })],
        },
      },
    },
  };
  const { subject, reads } = demonstrate(document);
  expect(subject).toBeUndefined();
  const { data } = createMock({ api: await loadAPI(document) });
  expect(reads(data).map(({ operation, args }) => [operation.id, ...args])).toEqual([
    ['pets.list', { animal: 'cat' }],
    ['pets.retrieve', 1, {}],
  ]);
});
