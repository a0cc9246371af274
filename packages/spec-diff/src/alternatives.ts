import { type Document, resolve, type Schema } from './document.ts';

/** A schema without references and unions: of one type, or of any where it says none. */
export interface Alternative {
  /** What tells it from its siblings: its name in the components, or its type. */
  key: string;
  type: string | undefined;
  schema: Schema;
}

/**
 * The alternatives that a schema allows. `type: [string, "null"]`, `oneOf: [{ type: string }, { type: "null" }]` and the
 * same with `anyOf` allow the same two.
 */
export function alternatives(document: Document, given: Schema | undefined): Alternative[] {
  const name = given?.$ref?.split('/').at(-1);
  const { oneOf, anyOf, allOf, ...own } = resolve(document, given) ?? {};
  const merged = (allOf ?? []).reduce<Schema>(
    (whole, part) => merge(whole, mergedAllOf(document, part)),
    own,
  );
  const union = oneOf ?? anyOf;
  if (union) {
    return union.flatMap((member) =>
      alternatives(document, member).map((found) => ({
        ...found,
        schema: merge(merged, found.schema),
      })),
    );
  }
  const { type, ...rest } = merged;
  const types = type === undefined ? [undefined] : [type].flat();
  return types.map((one) => ({
    key: one === 'null' ? 'null' : (name ?? one ?? 'any'),
    type: one,
    schema: rest,
  }));
}

function mergedAllOf(document: Document, part: Schema): Schema {
  const { allOf, ...own } = resolve(document, part) ?? {};
  return (allOf ?? []).reduce<Schema>(
    (whole, inner) => merge(whole, mergedAllOf(document, inner)),
    own,
  );
}

function merge(a: Schema, b: Schema): Schema {
  const whole: Schema = { ...a, ...b };
  if (a.properties && b.properties) whole.properties = { ...a.properties, ...b.properties };
  if (a.required && b.required) whole.required = [...new Set([...a.required, ...b.required])];
  return whole;
}

export interface Pairing {
  pairs: [before: Alternative, after: Alternative][];
  removed: Alternative[];
  added: Alternative[];
}

/** Pairs the alternatives of both sides: by what they are called, then by their type, then a number with an integer. */
export function pair(before: readonly Alternative[], after: readonly Alternative[]): Pairing {
  const removed = [...before];
  const added = [...after];
  const pairs: Pairing['pairs'] = [];
  const matches: ((a: Alternative, b: Alternative) => boolean)[] = [
    (a, b) => a.key === b.key,
    (a, b) => a.type === b.type,
    (a, b) => isNumber(a) && isNumber(b),
    (a, b) => a.type === undefined || b.type === undefined,
  ];
  for (const match of matches) {
    for (const a of [...removed]) {
      const b = added.find((candidate) => match(a, candidate));
      if (!b) continue;
      pairs.push([a, b]);
      removed.splice(removed.indexOf(a), 1);
      added.splice(added.indexOf(b), 1);
    }
  }
  return { pairs, removed, added };
}

function isNumber({ type }: Alternative): boolean {
  return type === 'number' || type === 'integer';
}
