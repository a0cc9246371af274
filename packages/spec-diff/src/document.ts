/** The parts of a bundled OpenAPI 3.1 document that the walker reads. */
export interface Document {
  servers?: { url: string }[];
  security?: SecurityRequirement[];
  paths?: Record<string, PathItem>;
  components?: Record<string, Record<string, unknown>>;
  info?: { title?: string; version?: string };
}

export type SecurityRequirement = Record<string, string[]>;
type PathItem = { parameters?: Parameter[] } & Partial<Record<Method, Operation>>;
type Described = { description?: string; summary?: string; deprecated?: boolean };

export const methods = [
  ...(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const),
];
export type Method = (typeof methods)[number];

export interface Operation extends Described {
  operationId?: string;
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content?: Record<string, MediaType> };
  responses?: Record<string, Response>;
  security?: SecurityRequirement[];
}

export interface Parameter extends Described {
  name: string;
  in: string;
  required?: boolean;
  style?: string;
  explode?: boolean;
  allowReserved?: boolean;
  allowEmptyValue?: boolean;
  schema?: Schema;
}

export interface Response extends Described {
  headers?: Record<string, Described & { required?: boolean; schema?: Schema }>;
  content?: Record<string, MediaType>;
}

export interface MediaType {
  schema?: Schema;
}

/** Any JSON Schema: the rules name the keywords. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  [keyword: string]: unknown;
}

/** Follows references inside the document; what they lead to keeps the reference's own siblings. */
export function resolve<T extends object>(document: Document, node: T | undefined): T | undefined {
  const seen = new Set<string>();
  let current = node as (T & { $ref?: string }) | undefined;
  while (current?.$ref) {
    const { $ref, ...siblings } = current;
    if (seen.has($ref)) throw new Error(`The reference ${$ref} leads to itself.`);
    seen.add($ref);
    const target = $ref
      .replace(/^#\//, '')
      .split('/')
      .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], document);
    if (typeof target !== 'object' || target === null)
      throw new Error(`The reference ${$ref} leads nowhere.`);
    current = { ...(target as T), ...siblings };
  }
  return current;
}
