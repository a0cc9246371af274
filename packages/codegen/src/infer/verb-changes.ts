import { type Document, deref, type Schema, shapeOf, typesOf, valuesOf } from '@org/openapi';
import { plainName } from './page-names.ts';

/** What a verb makes of an item where its participle does not say. */
const irregular: Readonly<Record<string, string>> = { activate: 'active', deactivate: 'inactive' };

/**
 * What the verb at the end of a path changes, by the names in the item: after `cancel`, its `status` is `CANCELLED`, or
 * it has `cancelled: true`. Empty if nothing in it has the participle of the verb.
 */
export function verbChanges(
  document: Document,
  item: Schema,
  verb: string,
): Record<string, unknown> {
  const plain = plainName(verb);
  const isDone = participleOf(plain);
  const isUndone = participleOf(/^(?:un|dis|de)(.{3,})$/.exec(plain)?.[1] ?? '');
  const changes: Record<string, unknown> = {};
  const states: [name: string, value: unknown][] = [];
  for (const [name, { schema }] of shapeOf(document, item)) {
    const value = valuesOf(deref(document, schema)).find(
      (one) => typeof one === 'string' && isDone(plainName(one)),
    );
    if (value !== undefined && isState(name)) states.push([name, value]);
    if (!typesOf(document, schema).has('boolean')) continue;
    const flag = plainName(name).replace(/^is(?=.{3})/, '');
    if (isDone(flag)) changes[name] = true;
    else if (isUndone(flag)) changes[name] = false;
  }
  // The verb changes `status`, not `payment_status`. Of several without a plain name, it changes none.
  const plainStates = states.filter(([name]) => /^(?:status|state)$/.test(plainName(name)));
  const changed = states.length > 1 ? plainStates : states;
  return { ...changes, ...Object.fromEntries(changed) };
}

/** Whether a property says how its item is: `status`, not `previous_status`, and not `notify_on`. */
function isState(name: string): boolean {
  const plain = plainName(name);
  return (
    /(?:status|state|phase|stage|lifecycle|visibility|availability|condition|progress|result|outcome)$/.test(
      plain,
    ) && !/^(?:previous|prior|last|old|former|initial|original|next|target|default)/.test(plain)
  );
}

/** Whether a word is the participle of a verb: `cancelled`, `closed`, `archived`. */
function participleOf(verb: string): (word: string) => boolean {
  if (!/^[a-z]{3,}$/.test(verb)) return () => false;
  const stem = verb.replace(/e$/, '').replace(/y$/, 'i');
  const regular = new RegExp(`^${stem}${stem.at(-1)}?ed$`);
  return (word) => regular.test(word) || irregular[verb] === word;
}
