import {
  type Document,
  deref,
  isReference,
  methods,
  type Schema,
  schemaName,
  shapeOf,
  typesOf,
} from '@org/openapi';
import { typeName } from '../model/names.ts';

/** The common structure of a document's error responses. */
export interface ErrorBodies {
  /** The types of the error, as TypeScript types with the names of schemas; empty if no body has a schema. */
  types: string[];
  /** Whether the error is the property `error` of the body, as in some APIs, or the body itself. */
  isWrapped: boolean;
  /** The possible paths of an error's message, the likeliest first: `['message']`, `['errors', '0', 'detail']`. */
  messages: string[][];
}

/** Properties with a human-readable message, the best first. */
const sentences = [
  'message',
  'detail',
  'error_description',
  'description',
  'title',
  'msg',
  'reason',
];

/** Reads the JSON bodies of all 4XX, 5XX and default responses. */
export function readErrors(document: Document): ErrorBodies {
  const types = new Set<string>();
  const messages = new Map<string, string[]>();
  let isWrapped = false;
  for (const schema of errorSchemas(document)) {
    const wrapped = shapeOf(document, schema).get('error')?.schema;
    const isObject = wrapped !== undefined && typesOf(document, wrapped).has('object');
    isWrapped ||= isObject;
    const error = isObject ? wrapped : schema;
    const type = typeOf(error) ?? (isObject ? propertyType(schema) : undefined);
    if (type !== undefined) types.add(type);
    for (const path of messagesIn(document, error)) messages.set(path.join('.'), path);
  }
  if (types.size === 0 && messages.size === 0) return byName(document);
  return { types: [...types].sort(), isWrapped, messages: [...messages.values()] };
}

/** Even if no response has a body, a schema may have the name of the error type. */
function byName(document: Document): ErrorBodies {
  const schemas = Object.entries(document.components?.schemas ?? {});
  const [, schema] = schemas.find(([name]) => typeName(name) === 'ErrorObject') ?? [];
  return schema === undefined
    ? { types: [], isWrapped: false, messages: [] }
    : { types: ['ErrorObject'], isWrapped: false, messages: messagesIn(document, schema) };
}

/** The schemas of the errors, each once. */
function errorSchemas(document: Document): Set<Schema> {
  const found = new Map<string, Schema>();
  for (const item of Object.values(document.paths ?? {})) {
    for (const method of methods) {
      const responses = deref(document, item)?.[method]?.responses ?? {};
      for (const [status, response] of Object.entries(responses)) {
        if (!/^([45]|default$)/.test(status)) continue;
        const content = Object.entries(deref(document, response)?.content ?? {});
        const [, media] = content.find(([type]) => /[/+]json\b/i.test(type)) ?? [];
        if (media?.schema) found.set(JSON.stringify(media.schema), media.schema);
      }
    }
  }
  return new Set(found.values());
}

/** The name of a schema, also as the only part of an `allOf`, or as "this or null". */
function typeOf(schema: Schema): string | undefined {
  const parts = schema.allOf ?? schema.anyOf ?? schema.oneOf ?? [];
  const [only, ...others] = parts.filter(isReference);
  const named = isReference(schema) ? schema : others.length === 0 ? only : undefined;
  const name = schemaName(named);
  return name === undefined ? undefined : typeName(name);
}

/** The type of an error without a name, by the body that holds it. */
function propertyType(body: Schema): string | undefined {
  const type = typeOf(body);
  return type === undefined ? undefined : `NonNullable<${type}['error']>`;
}

/** The path of an error's message: itself, in the first of its `errors`, or in `error` if that is a string. */
function messagesIn(document: Document, schema: Schema): string[][] {
  const shape = shapeOf(document, schema);
  const own = sentences.filter((name) => isText(document, shape.get(name)?.schema));
  const paths = own.map((name) => [name]);
  if (isText(document, shape.get('error')?.schema)) paths.push(['error']);
  const list = deref(document, shape.get('errors')?.schema);
  const items = list?.items && shapeOf(document, list.items);
  const first = sentences.find((name) => isText(document, items?.get(name)?.schema));
  if (first !== undefined) paths.push(['errors', '0', first]);
  return paths;
}

function isText(document: Document, schema: Schema | undefined): boolean {
  return schema !== undefined && typesOf(document, schema).has('string');
}
