/** The parts of an OpenAPI 3.1 document that the model reads. Anything may be missing or a reference. */
export interface Document {
  info?: { title?: string; version?: string };
  servers?: { url: string }[];
  tags?: { name: string; description?: string }[];
  paths?: Record<string, PathItem>;
  components?: { schemas?: Record<string, Schema>; [kind: string]: unknown };
}

type PathItem = {
  parameters?: (ParameterObject | Reference)[];
  'x-mock'?: unknown;
} & { [method in 'get' | 'post' | 'put' | 'patch' | 'delete']?: OperationObject };

export interface OperationObject {
  operationId?: string;
  summary?: string;
  description?: string;
  deprecated?: boolean;
  tags?: string[];
  parameters?: (ParameterObject | Reference)[];
  requestBody?: BodyObject | Reference;
  responses?: Record<string, ResponseObject | Reference>;
  'x-mock'?: unknown;
}

export interface ParameterObject {
  name: string;
  in: string;
  description?: string;
  required?: boolean;
  schema?: Schema;
  example?: unknown;
}

export interface BodyObject {
  required?: boolean;
  description?: string;
  content?: Record<string, MediaType>;
}

interface ResponseObject {
  description?: string;
  content?: Record<string, MediaType>;
}

export interface MediaType {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, { value?: unknown } | Reference>;
}

export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  nullable?: boolean;
  description?: string;
  example?: unknown;
  examples?: unknown[];
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  'x-mock'?: unknown;
}

export interface Reference {
  $ref: string;
}

export const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Follows references inside the document. Redocly has checked that they lead somewhere. */
export function deref<T extends object>(document: Document, value: T | Reference): T;
export function deref<T extends object>(
  document: Document,
  value: T | Reference | undefined,
): T | undefined;
export function deref<T extends object>(
  document: Document,
  value: T | Reference | undefined,
): T | undefined {
  const seen = new Set<unknown>();
  let current: unknown = value;
  while (isReference(current) && !seen.has(current)) {
    seen.add(current);
    current = atPointer(document, current.$ref);
  }
  // What a reference leads to has the type of what it stands for: the linter has checked it.
  return current as T | undefined;
}

export function isReference(value: unknown): value is Reference {
  return typeof (value as Reference | undefined)?.$ref === 'string';
}

/** The name of the schema that a reference leads to: `#/components/schemas/User` is `User`. */
export function schemaName(schema: Schema | undefined): string | undefined {
  const [, name] = /^#\/components\/schemas\/([^/]+)$/.exec(schema?.$ref ?? '') ?? [];
  return name === undefined ? undefined : unescapePointer(name);
}

/** The value at a JSON pointer such as `#/components/schemas/User`. */
function atPointer(document: object, pointer: string): unknown {
  return pointerPath(pointer).reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key],
    document,
  );
}

export function pointerPath(pointer: string): string[] {
  return pointer
    .replace(/^#?\/?/, '')
    .split('/')
    .filter(Boolean)
    .map(unescapePointer);
}

function unescapePointer(key: string): string {
  const text = key.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
