import type { Pointer, Problems } from '@org/openapi';
import { type Document, deref, isReference, type Schema, shapeOf, typesOf } from '@org/openapi';
import type { SourceOperation } from '../read/read-operations.ts';
import type { FoundCollection } from './find-collections.ts';
import type { Inferred } from './infer-behavior.ts';

/** The keys of `x-mock` by operation; on a path, each operation takes its own keys. */
const meaning = {
  filter: 'list',
  seed: 'list',
  id: 'create',
  set: 'action',
} as const;

/** Applies `x-mock` of operations to their collections. A reference to something unknown is a problem. */
export function applyMock(
  document: Document,
  inferred: ReadonlyMap<SourceOperation, Inferred>,
  collections: Iterable<FoundCollection>,
  problems: Problems,
): void {
  const byName = new Map([...collections].map((found) => [found.collection.name, found]));
  for (const [operation, { behavior }] of inferred) {
    for (const [key, { value, pointer }] of Object.entries(operation.mock)) {
      const kind = meaning[key as keyof typeof meaning] as string | undefined;
      if (kind === undefined) {
        problems.add(
          'x-mock',
          pointer,
          `x-mock has no \`${key}\`. It has ${listOf(Object.keys(meaning))}.`,
        );
        continue;
      }
      const found = 'collection' in behavior ? byName.get(behavior.collection) : undefined;
      if (behavior.kind !== kind || !found) {
        if (pointer.length > 4) {
          problems.add(
            'x-mock',
            pointer,
            `x-mock.${key} only applies to a ${kind === 'list' ? 'list of a collection' : kind}, but \`${operation.id}\` is inferred as: ${behavior.kind}.`,
          );
        }
        continue;
      }
      apply(document, { key, value, pointer, operation, found }, problems);
    }
  }
}

interface Setting {
  key: string;
  value: unknown;
  pointer: Pointer;
  operation: SourceOperation;
  found: FoundCollection;
}

function apply(
  document: Document,
  { key, value, pointer, operation, found }: Setting,
  problems: Problems,
): void {
  const { collection } = found;
  const item = shapeOf(document, found.item);
  const hasProperty = (name: string, at: Pointer) => {
    if (item.has(name)) return true;
    problems.add(
      'x-mock',
      at,
      `x-mock.${key} names the property \`${name}\`, which ${collection.itemType} does not have. It has ${listOf([...item.keys()])}.`,
    );
    return false;
  };
  switch (key) {
    case 'seed':
      if (Number.isInteger(value) && Number(value) >= 0) collection.seed = Number(value);
      else
        problems.add(
          'x-mock',
          pointer,
          `x-mock.seed must be a whole number of items, not ${JSON.stringify(value)}.`,
        );
      return;
    case 'filter':
      for (const [param, property] of Object.entries(asObject(value, pointer, problems))) {
        const at = [...pointer, param];
        if (!operation.query.some(({ name }) => name === param)) {
          const names = operation.query.map(({ name }) => name);
          problems.add(
            'x-mock',
            at,
            `x-mock.filter names the query parameter \`${param}\`, which \`${operation.id}\` does not have. It has ${listOf(names)}.`,
          );
        } else if (hasProperty(String(property), at)) {
          collection.filter[param] = String(property);
        }
      }
      return;
    case 'id': {
      const body = shapeOf(document, operation.body?.media.schema);
      const names = [...body.keys(), ...operation.pathParams.map(({ name }) => name)];
      if (!names.includes(String(value))) {
        problems.add(
          'x-mock',
          pointer,
          `x-mock.id names \`${String(value)}\`, which is neither in the body nor in the path of \`${operation.id}\`. There are ${listOf(names)}.`,
        );
      }
      return;
    }
    case 'set':
      for (const name of Object.keys(asObject(value, pointer, problems))) {
        hasProperty(name, [...pointer, name]);
      }
  }
}

/**
 * Checks `x-mock` on the properties of every schema that an operation reaches: `chance` is a probability, `after` and
 * `when` name a sibling.
 */
export function checkProperties(
  document: Document,
  operations: readonly SourceOperation[],
  problems: Problems,
): void {
  const seen = new Set<object>();
  const visit = (schema: Schema | undefined, pointer: Pointer): void => {
    const resolved = deref(document, schema);
    if (!resolved || typeof resolved !== 'object' || seen.has(resolved)) return;
    seen.add(resolved);
    const siblings = Object.entries(resolved.properties ?? {});
    for (const [name, property] of siblings) {
      const at = [...pointer, 'properties', name];
      // Beside a reference, the extension belongs to the property; behind it, to the schema.
      const mock =
        property['x-mock'] ??
        (isReference(property) ? undefined : deref(document, property)['x-mock']);
      if (mock !== undefined)
        checkProperty(document, name, mock, resolved, [...at, 'x-mock'], problems);
      visit(property, at);
    }
    visit(resolved.items, [...pointer, 'items']);
    for (const key of ['allOf', 'anyOf', 'oneOf'] as const) {
      for (const [i, part] of (resolved[key] ?? []).entries()) visit(part, [...pointer, key, i]);
    }
  };
  for (const { pointer, success, body } of operations) {
    if (success) {
      const at = [...pointer, 'responses', success.status, 'content', 'application/json', 'schema'];
      visit(success.media.schema, at);
    }
    visit(body?.media.schema, [...pointer, 'requestBody', 'content', 'application/json', 'schema']);
  }
}

function checkProperty(
  document: Document,
  name: string,
  mock: unknown,
  parent: Schema,
  pointer: Pointer,
  problems: Problems,
): void {
  for (const [key, value] of Object.entries(asObject(mock, pointer, problems))) {
    const at = [...pointer, key];
    if (key === 'chance') {
      if (typeof value !== 'number' || !(value >= 0 && value <= 1)) {
        problems.add(
          'x-mock',
          at,
          `x-mock.chance must be a number from 0 to 1, not ${JSON.stringify(value)}.`,
        );
      }
    } else if (key === 'after' || key === 'when') {
      checkSibling(document, name, key, value, parent, at, problems);
    } else {
      problems.add(
        'x-mock',
        at,
        `x-mock of a property has no \`${key}\`. It has \`chance\`, \`after\` and \`when\`.`,
      );
    }
  }
}

function checkSibling(
  document: Document,
  name: string,
  key: 'after' | 'when',
  value: unknown,
  parent: Schema,
  pointer: Pointer,
  problems: Problems,
): void {
  const siblings = shapeOf(document, parent);
  const sibling = typeof value === 'string' && value !== name ? siblings.get(value) : undefined;
  if (!sibling) {
    const others = [...siblings.keys()].filter((other) => other !== name);
    problems.add(
      'x-mock',
      pointer,
      `x-mock.${key} names ${JSON.stringify(value)}, which is not a sibling of \`${name}\`. Its siblings are ${listOf(others)}.`,
    );
    return;
  }
  const types = typesOf(document, sibling.schema);
  const fits = key === 'when' ? ['boolean'] : ['integer', 'number', 'string'];
  if (fits.some((type) => types.has(type))) return;
  problems.add(
    'x-mock',
    pointer,
    `x-mock.${key} names \`${String(value)}\`, which is not a ${key === 'when' ? 'boolean' : 'time'}.`,
  );
}

function asObject(value: unknown, pointer: Pointer, problems: Problems): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  problems.add(
    'x-mock',
    pointer,
    `${String(pointer.at(-1))} must be an object, not ${JSON.stringify(value)}.`,
  );
  return {};
}

function listOf(names: readonly string[]): string {
  return names.length > 0 ? names.map((name) => `\`${name}\``).join(', ') : 'none';
}
