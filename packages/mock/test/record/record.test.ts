import OrgClient from '@org/client';
import { expect, test } from 'vitest';
import { createMock } from '../../src/index.ts';
import type { Run } from '../../src/record/failure.ts';
import { record, type Scenario } from '../../src/record/record.ts';
import { testText } from '../../src/record/test-text.ts';
import { api } from '../../src/spec.ts';
import type { AnyCollection } from '../../src/state/any-collection.ts';
import { type Program, programs } from './programs.ts';

/** Runs a program in this process. */
async function runIn(step: Program['bug'], { data, faults }: Partial<Scenario>): Promise<Run> {
  await using mock = createMock({ data: data as never, faults: faults ?? [] });
  const client = new OrgClient({
    ...{ adminAPIKey: 'any', fetch: mock.fetch, logLevel: 'off' },
    baseURL: 'http://127.0.0.1:4010/v1',
  });
  const { fetch } = globalThis;
  globalThis.fetch = mock.fetch;
  const error = await step(client.admin.organization.users, client).then(
    () => undefined,
    (reason: Error) => reason,
  );
  globalThis.fetch = fetch;
  const stderr = error ? `${error.name}: ${error.message}` : '';
  return { code: error ? 1 : 0, isTimeout: false, stderr, requests: [...mock.requests] };
}

function recordProgram({ bug, faults = [] }: Pick<Program, 'bug' | 'faults'>) {
  const data = { users: 100 };
  return record({
    ...{ api, faults, patience: 60_000 },
    data: createMock({ data }).data as unknown as Record<string, AnyCollection>,
    run: (scenario) => runIn(bug, scenario ?? ({ data, faults } as never)),
  });
}

test.each(programs)('a recording fails with the bug, and not without: $name', async (program) => {
  const { scenario, failure, run } = await recordProgram(program);
  const items = Object.values(scenario.data).flat();
  const text = testText({
    ...{ packageName: '@org/mock', command: ['node', 'program.mjs'], folder: '../', options: {} },
    ...{ environment: { OPENAI_ADMIN_KEY: 'any-key' }, addressVariable: 'OPENAI_BASE_URL' },
    ...{ timeout: 10_000, failure, scenario, run },
  });
  expect(text.split('\n').length).toBeLessThan(40);
  expect(items.length).toBeLessThanOrEqual(3);
  expect((await runIn(program.bug, scenario)).code === 0).toBe(failure.kind === 'refused');
  const fixed = await runIn(program.fixed, scenario);
  expect(fixed.stderr).toBe('');
  if (failure.kind === 'refused')
    expect(fixed.requests.filter(({ status }) => status >= 400)).toEqual([]);
});
