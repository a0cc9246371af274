import type { Finding } from '../change.ts';
import type { Operation } from '../document.ts';

/** Operations that came or went, and their ids, which name types and are what people search for. */
export function* operations(
  before: ReadonlyMap<string, Operation>,
  after: ReadonlyMap<string, Operation>,
): Generator<Finding> {
  for (const [name, old] of before) {
    const now = after.get(name);
    if (!now) yield { effect: 'narrower', below: [name], message: 'It is gone.' };
    else if (old.operationId !== now.operationId) {
      const message = `The operationId changed from ${old.operationId} to ${now.operationId}.`;
      yield { effect: 'different', below: [name, 'operationId'], message };
    }
  }
  for (const name of after.keys()) {
    if (!before.has(name)) yield { effect: 'wider', below: [name], message: 'It is new.' };
  }
}
