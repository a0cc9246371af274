/**
 * The types of the control API below `/_mock`, which the mock checks with `satisfies` and the page reads. The
 * page knows nothing of the API that is mocked: names of operations, collections and properties arrive at run time.
 */

/** A JSON Schema, as far as the page shows it. */
export interface Schema {
  /** `#/__bundled__/` and a name in the operation's `definitions`, or in those of a collection's schema. */
  $ref?: string;
  /** What references lead to. Only the schema of a collection has it. */
  __bundled__?: Record<string, Schema>;
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
  pattern?: string;
  multipleOf?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  deprecated?: boolean;
  readOnly?: boolean;
  writeOnly?: boolean;
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/** `GET /_mock/health` */
export interface Health {
  status: 'ok';
  /** The title of the document. */
  title: string;
  /** The version of the mock. */
  version: string;
  /** The client's `baseURL`, with the base path; null if the mock does not listen. */
  url: string | null;
  basePath: string;
  /** How many items each collection has. */
  collections: Record<string, number>;
  /** The seed of generated items. */
  seed: number | string;
}

/** A violation of the spec by a request or its response. A warning does not refuse the request. */
export interface Violation {
  /** Such as `['query', 'limit']`. */
  location: string[];
  message: string;
  severity: 'error' | 'warning';
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
  /** 0 if a fault closed the connection before the response. */
  status: number;
  /** Missing if a fault closed the connection; without its body in a summary. The size is in characters. */
  response?: { body?: string; size: number };
  /** In a summary: the message of an error response, up to 200 characters. */
  message?: string;
  validations: Violation[];
  /** The id of the fault rule that hit. */
  fault?: string;
  /** The session that it named, if it named one. */
  session?: string;
  /** Milliseconds since 1970. */
  time: number;
  /** Milliseconds. */
  duration: number;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description: string;
  schema: Schema;
  /** The first example, or null. */
  example: unknown;
}

/** An argument of a call: `query?: UserListParams`. */
export interface CallArgument {
  name: string;
  /** `string`, `UserListParams` */
  type: string;
  optional: boolean;
  /** The names of the parameters that are its properties; those of a body are in its schema. Missing for an id. */
  properties?: string[];
  /** The properties of parameters that are sent under other names, by place and name: `query limit` → `query_limit`. */
  renamed?: Record<string, string>;
}

/** How a request carries a key: `authorization: Bearer …`, `authorization: Basic …`, or a header or parameter. */
export type KeyPlace =
  | { kind: 'bearer' }
  | { kind: 'basic' }
  | { kind: 'apiKey'; in: 'header' | 'query' | 'cookie'; name: string };

/** An operation of `GET /_mock/operations`, with the data to show it and to send a request. */
export interface OperationInfo {
  /** `admin.organization.users.list` */
  id: string;
  /** In upper case. */
  method: string;
  /** Without the base path: `/things/{thing_id}`. */
  path: string;
  /** What leads from the base path to the operation, where that is beside it: `/..`. */
  up?: string;
  summary: string;
  description: string;
  tag: string | null;
  /** How a program calls it with the client: `client.admin.organization.users.list`. Empty if the client has no method for it. */
  call: string;
  /** The call's arguments, without the options that every call takes. */
  arguments: CallArgument[];
  /** The type of the call's result: `CursorPage<Thing>`. */
  returns: string;
  /** The mock's behavior, such as `list`; `mocker` without state. */
  behavior: string;
  /** The collection whose items it is about, if there is one. */
  collection: string | null;
  /** The keys that a request has: those of the first alternative. Empty if it needs none. */
  keys: KeyPlace[];
  parameters: Parameter[];
  /** Schemas that refer to themselves, by the name in `$ref`. */
  definitions?: Record<string, Schema>;
  body?: { required: boolean; schema: Schema | null; example: unknown };
  responses: { status: string; description: string; schema: Schema | null; example: unknown }[];
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
  schema: Schema;
}

export interface DataPage {
  data: Item[];
  has_more: boolean;
  total: number;
}

export type Item = Record<string, unknown>;

/** The properties of all changes. */
export interface Change {
  /** The ids of the items that it belongs to, by the name of the path's parameter. */
  scope: Record<string, string>;
  /** The ids of the requests that made it, oldest first; empty if no request did. */
  requests: string[];
}

/** A changed property. `before` is missing if it was added, `after` if it was removed. */
export interface ChangedProperty {
  path: string;
  before?: unknown;
  after?: unknown;
}

export interface ChangedItem extends Change {
  id: string;
  properties: ChangedProperty[];
  before: object;
  after: object;
}

export interface CollectionChanges {
  added: (Change & { id: string; after: object })[];
  changed: ChangedItem[];
  /** `below`: how many items directly below it were removed with it, by collection. */
  removed: (Change & { id: string; before: object; below?: Record<string, number> })[];
}

/** The differences between the data and its initial state, or a mark. */
export interface ChangeReport {
  /** The mark; null for the start. */
  since: string | null;
  collections: Record<string, CollectionChanges>;
  singletons: Record<string, Omit<ChangedItem, 'id'>[]>;
}

/** Data, faults and a journal of their own, for requests that name it in the header `x-mock-session`. */
export interface SessionInfo {
  name: string;
  /** How many requests its journal has. */
  requests: number;
  /** When it was last used, in milliseconds since 1970. */
  used: number;
}

/** A point in time with a name. */
export interface Mark {
  name: string;
}

/** A fault rule, as `POST /_mock/faults` accepts it. The mock validates it. */
export interface FaultRule {
  status?: number;
  /** Seconds. */
  retryAfter?: number;
  /** Milliseconds, or a range of them. */
  delay?: number | [least: number, most: number];
  connection?: 'reset' | 'cut' | 'stall';
  body?: 'malformed' | object;
  cursor?: 'repeat';
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
  /** When it ends, in milliseconds since 1970, if it has a duration. */
  until?: number;
  hits: number;
}

/** A contract violation of an item. */
export interface Issue {
  path: string;
  message: string;
}
