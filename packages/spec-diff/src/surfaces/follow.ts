import type { Change } from '../change/change.ts';
import type { ChangeID } from '../change/ids.ts';
import { withoutNames } from '../rules/api/operations.ts';

/** Changes of an operation that policies judge, and the changes of its method that follow from each. */
const consequences: Partial<Record<ChangeID, readonly ChangeID[]>> = {
  'operation-removed': ['method-removed'],
  'operation-id-changed': ['method-removed', 'method-arguments-renamed'],
  'path-parameter-renamed': ['method-path-changed', 'method-arguments-changed'],
};

/**
 * The client's changes, with the verdicts of what they follow from: where a policy allows an `operationId` to change, it
 * allows the method to be called something else.
 */
export function followPolicies(client: readonly Change[], spec: readonly Change[]): Change[] {
  const allowed = new Map<string, Change>();
  for (const change of spec) {
    if (change.verdict === 'breaking') continue;
    for (const id of consequences[change.id] ?? []) {
      for (const name of change.operations) allowed.set(`${id} ${withoutNames(name)}`, change);
    }
  }
  return client.map((change) => {
    const [name = ''] = change.operations;
    const cause = allowed.get(`${change.id} ${withoutNames(name)}`);
    return cause && change.verdict === 'breaking' ? { ...change, verdict: cause.verdict } : change;
  });
}
