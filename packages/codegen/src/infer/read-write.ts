import {
  type Document,
  deref,
  formatReference,
  methods,
  type OperationObject,
  type Schema,
  schemaName,
} from '@org/openapi';
import { typeName } from '../model/names.ts';
import { closure } from '../read/closure.ts';
import { keywordNodes } from '../read/keyword-nodes.ts';

/**
 * The schemas of request bodies with read-only or write-only properties, with the name of the request's type:
 * `UserWritable` if responses have `User` as well, else the same name.
 */
export function writableNames(document: Document): Map<string, string> {
  const schemas = document.components?.schemas ?? {};
  const marked = Object.entries(schemas)
    .filter(([, schema]) => propertiesOf(schema).some((each) => each.readOnly || each.writeOnly))
    .map(([name]) => name);
  const names = new Map<string, string>();
  if (marked.length === 0) return names;
  const { requests, responses } = reachedBy(document);
  const taken = new Set(Object.keys(schemas).map(typeName));
  for (const name of holdersOf(schemas, marked)) {
    if (!requests.has(name)) continue;
    let writable = name;
    if (responses.has(name)) writable = `${name}Writable`;
    for (let number = 2; writable !== name && taken.has(typeName(writable)); number += 1)
      writable = `${name}Writable${number}`;
    taken.add(typeName(writable));
    names.set(name, writable);
  }
  return names;
}

/**
 * Leaves read-only properties out of requests, and write-only properties out of responses. Changes the
 * document.
 *
 * @param names from {@link writableNames}
 * @see https://spec.openapis.org/oas/v3.1.1.html#schema-object (`readOnly`, `writeOnly`)
 */
export function splitReadWrite(document: Document, names: ReadonlyMap<string, string>): void {
  const schemas = document.components?.schemas ?? {};
  for (const [name, writable] of names) schemas[writable] = structuredClone(schemas[name] ?? {});
  const sent = new Set(names.values());
  for (const [name, schema] of Object.entries(schemas)) {
    leaveOut(schema, sent.has(name) ? 'readOnly' : 'writeOnly');
    if (sent.has(name)) rename(schema, names);
  }
  for (const { requestBody } of operationsOf(document)) {
    const body = deref(document, requestBody as object | undefined);
    leaveOut(body, 'readOnly');
    rename(body, names);
  }
}

type Property = Schema & { writeOnly?: boolean };

/** Every property that a schema states, at any depth; references are not followed. */
function propertiesOf(schema: Schema): Property[] {
  return [...keywordNodes(schema)].flatMap(({ properties }) =>
    // Data may look like a schema, and have null for a property.
    Object.values((properties ?? {}) as Record<string, Property | null>).filter(
      (property) => property !== null,
    ),
  );
}

function leaveOut(schema: unknown, mark: 'readOnly' | 'writeOnly'): void {
  for (const node of keywordNodes(schema)) {
    const { properties, required }: Schema = node;
    for (const [name, property] of Object.entries((properties ?? {}) as Record<string, unknown>)) {
      if (typeof property !== 'object' || property === null) continue;
      if ((property as Property)[mark] !== true) {
        // openapi-typescript makes it `readonly`; what a program received, it may change.
        delete (property as Property).readOnly;
        continue;
      }
      delete properties?.[name];
      if (required) node['required'] = required.filter((each) => each !== name);
    }
  }
}

function rename(schema: unknown, names: ReadonlyMap<string, string>): void {
  for (const node of keywordNodes(schema)) {
    const name = names.get(schemaName(node) ?? '');
    if (name !== undefined) node['$ref'] = formatReference(['components', 'schemas', name]);
  }
}

/** The schemas with these names, and all that refer to them, directly or not. */
function holdersOf(schemas: Record<string, Schema>, names: readonly string[]): Set<string> {
  const users = new Map<string, string[]>();
  for (const [name, schema] of Object.entries(schemas))
    for (const used of referencesOf(schema)) users.set(used, [...(users.get(used) ?? []), name]);
  return closure(names, (name) => users.get(name) ?? []);
}

/** The names of the schemas that requests and responses of operations refer to, directly or not. */
function reachedBy(document: Document) {
  const schemas = document.components?.schemas ?? {};
  const follow = (parts: unknown[]) =>
    closure(
      parts.flatMap((part) => [...referencesOf(deref(document, part as object | undefined))]),
      (name) => referencesOf(schemas[name]),
    );
  const operations = operationsOf(document);
  return {
    requests: follow(operations.map(({ requestBody }) => requestBody)),
    responses: follow(operations.flatMap(({ responses }) => Object.values(responses ?? {}))),
  };
}

function operationsOf(document: Document): OperationObject[] {
  return Object.values(document.paths ?? {}).flatMap((reference) => {
    const item = deref(document, reference);
    return methods.flatMap((method) => item?.[method] ?? []);
  });
}

function referencesOf(part: unknown): Set<string> {
  const names = [...keywordNodes(part)].map((node) => schemaName(node));
  return new Set(names.filter((name) => name !== undefined));
}
