import type { FaultRule, Health, OperationInfo, RecordedRequest } from '../api/types.ts';
import { clientCall } from './client-call.ts';
import { literal, text } from './literal.ts';

/**
 * The request as a Vitest test that makes it again, against a mock of its own. `rule` is the fault that hit it: the
 * test sets the same one. `health` says which items there are, so that the ids of the request exist in the test.
 */
export function testCase(
  request: RecordedRequest,
  operation: OperationInfo,
  rule: FaultRule | undefined,
  health?: Pick<Health, 'seed' | 'collections'>,
): string {
  const { status } = request;
  const call = clientCall(request, operation).replaceAll('\n', '\n  ');
  const fails = status === 0 || status >= 400 || breaksBody(rule);
  const recorded = literal({ operation: operation.id, status }, '  ');
  return [
    `import OrgClient from '@org/client';`,
    `import { createMock } from '@org/mock';`,
    `import { expect, test } from 'vitest';`,
    '',
    `test(${text(titleOf(operation.id, status, fails))}, async () => {`,
    `  await using mock = createMock(${mockOptions(request, health)});`,
    ...(rule ? [`  mock.fail(${literal(once(rule), '  ')});`] : []),
    `  const client = new OrgClient(${options(fails, rule)});`,
    ...(fails
      ? [`  const call = ${call};`, `  await expect(call).rejects.${rejection(status)};`]
      : [`  const result = await ${call};`, '  expect(result).toBeDefined();']),
    `  expect(mock.requests.at(-1)).toMatchObject(${recorded});`,
    '});',
    '',
  ].join('\n');
}

function titleOf(operation: string, status: number, fails: boolean): string {
  if (status === 0) return `${operation} gets no response`;
  return `${operation} ${fails ? 'fails' : 'responds'} with status ${status}`;
}

/** As many items as this mock has, from the same seed; nothing if the request refers to no item. */
function mockOptions(
  { path, query, operation }: RecordedRequest,
  health: Pick<Health, 'seed' | 'collections'> | undefined,
): string {
  const words = [...path.split('/').slice(1), ...Object.values(query).flat()];
  const mayNameItem = words.some((word) => /\d/.test(word) && !/^v?\d+$/.test(word));
  if (!health || operation === null || !mayNameItem) return '';
  const { seed, collections } = health;
  const roots = Object.entries(collections).filter(([name]) => !name.includes('.'));
  const data = Object.fromEntries(roots);
  return literal(seed === undefined || seed === 1 ? { data } : { data, seed }, '  ');
}

/** No retries: the one request is the one under test. A body that never ends needs a timeout. */
function options(fails: boolean, rule: FaultRule | undefined): string {
  const rest = `${fails ? ', maxRetries: 0' : ''}${rule?.connection === 'stall' ? ', timeout: 200' : ''}`;
  return `{ adminAPIKey: 'any', fetch: mock.fetch${rest} }`;
}

function rejection(status: number): string {
  return status >= 400 ? `toMatchObject({ status: ${status} })` : 'toThrow()';
}

/** Whether the client cannot read the answer, whatever its status. */
function breaksBody(rule: FaultRule | undefined): boolean {
  return rule?.connection !== undefined || rule?.body !== undefined;
}

/** The rule, for the one request of the test. */
function once({ match: _, probability: __, duration: ___, ...rule }: FaultRule): FaultRule {
  return { ...rule, times: 1 };
}
