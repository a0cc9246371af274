import { objectsOf, type Schema, shapeOf, unionOf } from '../api/schema.ts';
import { fits, hasType } from './generate/fits.ts';
import type { Item } from './store.ts';

/**
 * The alternative of a schema that an object is, as far as it shows. What tells alternatives apart decides, such as a
 * property `kind` with one value in each; then the properties that they have and require.
 *
 * @param focus what decides first, of an object that is being changed
 */
export function branchOf(
  schema: Schema | boolean | undefined,
  value: Item,
  focus: Item = value,
): Schema | undefined {
  const [first, ...others] = objectsOf(schema);
  if (!first || others.length === 0) return first;
  const root = typeof schema === 'object' ? schema : first;
  const [best] = [first, ...others]
    .map((branch) => ({ branch, faults: faultsOf(branch, value, focus, root) }))
    .sort((a, b) => {
      const at = a.faults.findIndex((count, i) => count !== b.faults[i]);
      return at < 0 ? 0 : (a.faults[at] ?? 0) - (b.faults[at] ?? 0);
    });
  return best?.branch;
}

/** How many reasons there are against an alternative, the weightiest first. */
function faultsOf(branch: Schema, value: Item, focus: Item, root: object): number[] {
  const { properties = {}, required = [] } = branch;
  const namesIn = (one: Item) => Object.keys(one).filter((name) => one[name] !== undefined);
  const isUnknown = (name: string) => !Object.hasOwn(properties, name);
  const known = namesIn(value).filter((name) => !isUnknown(name));
  return [
    known.filter((name) => isOther(properties[name], value[name], root)).length,
    namesIn(focus).filter(isUnknown).length,
    known.filter((name) => !isAlike(properties[name] ?? true, value[name], root)).length,
    namesIn(value).filter(isUnknown).length,
    required.filter((name) => value[name] === undefined).length,
  ];
}

/** Whether a value is none of those that a schema lists. */
function isOther(schema: Schema | boolean | undefined, value: unknown, root: object): boolean {
  const { alternatives } = shapeOf(schema, root);
  const isListed = (one: Schema) => 'const' in one || one.enum !== undefined;
  return (
    value !== null &&
    alternatives.length > 0 &&
    alternatives.every((one) => isListed(one) && !fits(one, value))
  );
}

/**
 * A changed item without the properties of the alternative that it was before, if it is another one now; otherwise the
 * item itself.
 *
 * @param changes what was to change
 */
export function refitted(
  schema: Schema,
  before: Item,
  changed: Item,
  changes: Item,
  isValid: (item: Item) => boolean,
): Item {
  if (objectsOf(schema).length < 2) return changed;
  const [old, next] = [branchOf(schema, before), branchOf(schema, changed, changes)];
  if (!old || !next || old === next) return changed;
  const isStill = faultsOf(old, changed, changed, schema)[0] === 0;
  if (isStill && isValid(changed)) return changed;
  const all = unionOf(schema)?.properties ?? {};
  const { properties = {} } = next;
  return Object.fromEntries(
    Object.entries(changed).filter(
      ([name]) =>
        Object.hasOwn(changes, name) ||
        !Object.hasOwn(all, name) ||
        Object.hasOwn(properties, name),
    ),
  );
}

/** Whether a value has the types that a schema asks for, however long or large its parts are. */
export function isAlike(schema: Schema | boolean, value: unknown, root: object): boolean {
  const { alternatives, nullable } = shapeOf(schema, root);
  if (value === null) return nullable;
  return alternatives.some((one) => {
    if (!hasType(one.type, value)) return false;
    if (Array.isArray(value)) {
      const { items } = one;
      if (typeof items !== 'object' || Array.isArray(items)) return true;
      return value.every((part) => isAlike(items, part, root));
    }
    if (typeof value !== 'object') return true;
    const { properties = {} } = one;
    return Object.entries(value as object).every(([name, part]) => {
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return property === undefined || isAlike(property, part, root);
    });
  });
}
