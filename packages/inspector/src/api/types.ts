/**
 * What the mock's control API answers, as far as the page reads it. The page knows nothing of the API that is mocked:
 * names of operations, collections and properties all arrive at run time.
 */

/** A JSON Schema, as far as forms and drafts need it. */
export interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  example?: unknown;
  examples?: unknown[];
  format?: string;
  description?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

export interface Health {
  status: string;
  title: string;
  /** The client's `baseURL`: with the base path. */
  url: string | null;
  collections: Record<string, number>;
  /** What generated items come from. */
  seed?: number | string;
}

/** What the spec says against a request or its answer. A warning does not refuse the request. */
export interface Violation {
  /** Such as `['query', 'limit']`. */
  location: string[];
  message: string;
  severity?: 'error' | 'warning';
}

/** One request of the journal. In the list and the event stream the bodies are left out. */
export interface RecordedRequest {
  id: string;
  operation: string | null;
  method: string;
  /** With the base path if it came with one. */
  path: string;
  query: Record<string, string | string[]>;
  body?: unknown;
  /** 0 where a fault closed the connection before the answer. */
  status: number;
  response?: { body: string; size: number };
  /** In a summary, in place of `response`. */
  size?: number;
  validations: Violation[];
  /** The id of the fault rule that hit. */
  fault?: string;
  /** Milliseconds since 1970. */
  time: number;
  /** Milliseconds. */
  duration: number;
}

export interface Parameter {
  name: string;
  in: string;
  required: boolean;
  description?: string;
  schema?: Schema;
  example?: unknown;
}

export interface OperationInfo {
  id: string;
  method: string;
  /** Without the base path: `/things/{thing_id}`. */
  path: string;
  summary?: string;
  description?: string;
  tag?: string;
  deprecated?: boolean;
  parameters: Parameter[];
  body?: { required?: boolean; schema?: Schema; example?: unknown };
  responses: {
    status: string | number;
    description?: string;
    schema?: Schema;
    example?: unknown;
  }[];
  /** One sentence on what the mock does. */
  behavior?: unknown;
  collection?: string | null;
}

export interface CollectionInfo {
  /** `users`, or below it `users.roles`. */
  name: string;
  size: number;
  /** Path parameters that name the parent items. */
  scope: string[];
  itemType: string;
  /** The property that a path parameter names. */
  idProperty: string;
  schema?: Schema;
}

export interface DataPage {
  data: Item[];
  has_more: boolean;
  total: number;
}

export type Item = Record<string, unknown>;

/** A rule of what goes wrong, as `POST /_mock/faults` takes it. The mock checks it. */
export interface FaultRule {
  status?: number;
  /** Seconds. */
  retryAfter?: number;
  /** Milliseconds, or a range of them. */
  delay?: number | [least: number, most: number];
  connection?: string;
  body?: string;
  cursor?: string;
  times?: number;
  /** Milliseconds. */
  duration?: number;
  probability?: number;
  match?: FaultMatch;
}

export interface FaultMatch {
  operation?: string;
  method?: string;
  path?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
}

export interface ActiveFault {
  id: string;
  rule: FaultRule;
  /** How many requests it still hits; null for all of them. */
  left: number | null;
  /** When it ends, in milliseconds since 1970, where it has a duration. */
  until?: number;
  hits: number;
}

/** Where an item breaks its contract. */
export interface Issue {
  path: string;
  message: string;
}
