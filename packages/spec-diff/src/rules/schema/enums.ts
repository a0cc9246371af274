import { narrower, wider } from '../../change/change.ts';
import { canonical } from '../../document/json.ts';
import { type JSONType, type Schema, typeOf } from '../../document/schema.ts';
import { allowedValues, satisfies } from '../../schema/values.ts';
import type { SchemaRule } from './rule.ts';

/**
 * `enum` and `const`: the values that are allowed by name. Of these, only those count that the other keywords allow, so
 * that rules about texts and numbers have nothing to add where one side lists its values.
 */
export const enums: SchemaRule = {
  keywords: ['enum', 'const'],
  *compare(before, after, { direction, type }) {
    // There is one null, listed or not.
    if (type === 'null') return;
    const [old, now] = [listedOf(before, type), listedOf(after, type)];
    const at = ['enum'];
    const extensible = before.some((node) => Boolean(node['x-extensible-enum']));
    if (old && now) {
      const removed = old.filter((value) => !has(now, value)).map(canonical);
      const added = now.filter((value) => !has(old, value)).map(canonical);
      if (removed.length > 0 && added.length > 0) {
        yield { id: 'enum-changed', verdict: 'breaking', args: { removed, added }, at, extensible };
      } else if (removed.length > 0) {
        const args = { values: removed };
        yield { id: 'enum-value-removed', verdict: narrower(direction), args, at };
      } else if (added.length > 0) {
        const args = { values: added };
        yield { id: 'enum-value-added', verdict: wider(direction), args, at, extensible };
      }
      return;
    }
    const listed = old ?? now;
    // The booleans are two values, listed or not.
    if (!listed || (type === 'boolean' && listed.length === 2)) return;
    const lost = listed.filter((value) => !satisfies(value, old ? after : before)).map(canonical);
    const values = listed.map(canonical);
    if (lost.length > 0 && isScalar(type)) {
      const [removed, added] = old ? [lost, ['others']] : [['others'], lost];
      yield { id: 'enum-changed', verdict: 'breaking', args: { removed, added }, at };
    } else if (old) yield { id: 'enum-removed', verdict: wider(direction), args: { values } };
    else yield { id: 'enum-added', verdict: narrower(direction), args: { values }, at };
  },
};

/** The values of a type that are listed and kept by the rest of the schema. */
export function listedOf(nodes: readonly Schema[], type: JSONType): unknown[] | undefined {
  return allowedValues(nodes)?.filter(
    (value) => typeOf(value) === type && (!isScalar(type) || satisfies(value, nodes)),
  );
}

export function isScalar(type: JSONType): boolean {
  return type === 'string' || type === 'number' || type === 'boolean';
}

function has(values: readonly unknown[], value: unknown): boolean {
  const text = canonical(value);
  return values.some((each) => canonical(each) === text);
}
