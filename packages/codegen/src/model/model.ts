import type { Location, Method } from '@org/openapi';

/**
 * The spec as everything that is generated sees it: computed once, read by every emitter and by `@org/spec-diff`.
 * It is plain data, so it can be written to a file.
 */
export interface Model {
  title: string;
  version: string;
  /** The first server's address, such as `https://api.openai.com/v1`. */
  serverURL: string;
  /** The path of that address: requests to the mock may begin with it or not. */
  basePath: string;
  /** The methods of the client. */
  operations: Operation[];
  /** Operations that only the mock has: `x-client: { ignore: true }`. */
  ignored: Operation[];
  /** The resources of the client as a tree; the root has no name and no operations. */
  root: Resource;
  collections: Collection[];
}

/** One operation: `client.` + `id` is how a program calls it. */
export interface Operation {
  /** `admin.organization.users.roles.list` */
  id: string;
  method: Method;
  /** `/teams/{team_id}/members` */
  path: string;
  /** What leads from the base path to the path, where the operation's own server is beside it: `/..`. */
  up?: string;
  summary: string;
  description: string;
  deprecated: boolean;
  /** The last path parameter, which is the call's first argument; undefined if the path has none. */
  positional: Parameter | undefined;
  /** The path parameters before it, which are named in the params that follow. */
  pathParams: Parameter[];
  query: Parameter[];
  /** Header parameters, which are named in the params as well. */
  headers: Parameter[];
  body: Body | undefined;
  /** The exported type of the params object (query, headers, body and earlier path parameters), if the call has one. */
  paramsType: string | undefined;
  /** Whether the params may be left out. */
  paramsOptional: boolean;
  result: Result;
  /** The responses that are errors, by status: `404`, `4XX`, `default`. */
  errors: { status: string; description: string }[];
  /** The media types that the call accepts, if not JSON: `text/csv`. */
  accept?: string;
  /** The client's options whose keys are sent, as alternatives; undefined if they are the API's default. */
  security?: string[][];
  /** The mock's behavior, and the reason in one sentence. */
  behavior: Behavior;
  reason: string;
  /** The query parameters without an effect in the mock. */
  unused?: string[];
  /** Whether the mock changes nothing, although it has state for the operation. */
  inert?: true;
  /** Whether the items of a list look like those of another one, and are others in the mock. */
  apart?: true;
  /** The last name of the id: `list`. */
  action: string;
  /** How the types of the call begin among those of its resource: `RoleList`. */
  callName: string;
  /** The location of the operation in the YAML, if the source is known. */
  location: Location | undefined;
}

export interface Parameter {
  /** The name that is sent: `user_id`. */
  name: string;
  /** Its name in the params: the same, or that of `x-client.argument`. */
  property: string;
  /** As an argument: `userID`. */
  argument: string;
  description: string;
  required: boolean;
  /** The TypeScript type of a path parameter or a JSON parameter: `string`, `'asc' | 'desc'`, `Filter`. */
  type: string;
  /** As JSON Schema; references into the components are kept. */
  schema: unknown;
  example?: unknown;
  /** Its serialization, if it is not the default of its location. */
  style?: ParameterStyle;
}

/** A style of OpenAPI with its `explode`, or JSON for `content`. */
export type ParameterStyle = { style: string; explode: boolean } | 'json';

export interface Body {
  required: boolean;
  /** The exported type of the body. */
  type: string;
  /** Whether its properties may be mixed with parameters. */
  isObject: boolean;
  /** Whether it is the property `body` of the params, since it is no object and there are others. */
  isProperty: boolean;
  mediaType: string;
  /** The arrays of a form that are sent with indexes: `expand[0]=a`. */
  indexed?: string[];
  description: string;
  /** The first example of the body. */
  example?: unknown;
}

/**
 * The page classes of the client: how the request for the next page is made from a page.
 *
 * - `CursorPage`: `position` is the id of the last item.
 * - `ConversationCursorPage`: `position` is the cursor in `last`.
 * - `NextCursorPage`: `position` is the cursor in `next`.
 * - `LinkPage`: the address of the next page is in `next`, or in the header `Link`.
 * - `NumberedPage`: `position` is the number of the page, which begins with `first`.
 * - `OffsetPage`: `position` is the number of items before the page, plus `first`.
 * - `Page`: the whole list.
 */
export const pageClasses = [
  'ConversationCursorPage',
  'CursorPage',
  'LinkPage',
  'NextCursorPage',
  'NumberedPage',
  'OffsetPage',
  'Page',
] as const;
export type PageClass = (typeof pageClasses)[number];

/**
 * The paths of a list's paging properties. Plain data: the client's generated code has it, and the mock reads it from
 * the behavior of a list, to respond with such pages. Missing properties are left out.
 *
 * A path is a list of property names that leads into the body: `['meta', 'total']` is `body.meta.total`.
 *
 * @example
 * // GET /books?page=2&per_page=50 → { "results": [ … ], "meta": { "total": 120, "page_count": 3 } }
 * const paging: Paging = {
 *   items: ['results'],
 *   position: 'page',
 *   size: 'per_page',
 *   first: 1,
 *   total: ['meta', 'total'],
 *   pages: ['meta', 'page_count'],
 * };
 */
export interface Paging {
  /** The path of the array of items; empty if the body itself is the array. */
  items: string[];
  /** The query parameter that requests a page: a cursor, a page number, or an offset. */
  position?: string;
  /** The query parameter for the number of items on a page. Its schema has bounds and default. */
  size?: string;
  /** The first value of `position`: `1` or `0`. Only `NumberedPage` and `OffsetPage` have it. */
  first?: number;
  /** Whether cursors are integers. `position` is sent as text in any case. */
  numeric?: boolean;
  /** The path of the cursor or the address of the next page; empty, null or missing on the last page. */
  next?: string[];
  /** Whether the address of the next page is in the response header `Link`, with `rel="next"`. */
  link?: boolean;
  /** The path of the cursor of the last item. */
  last?: string[];
  /** The path of the boolean that tells whether there are more pages. */
  hasMore?: string[];
  /** The path of the number of items in the whole list. */
  total?: string[];
  /** The path of the number of pages in the whole list. */
  pages?: string[];
}

export type Result =
  /** `type` is that of the whole body, `item` that of an item. */
  | { kind: 'page'; pageClass: PageClass; paging: Paging; item: string; type: string }
  /**
   * `read`: the body is not JSON, but a text, the response with its body unread, or any of several, which what arrives
   * tells apart. `type` is then a union: `Job | Report | undefined`.
   */
  | { kind: 'value'; type: string; read?: 'text' | 'response' | 'any' }
  | { kind: 'empty' };

/** A node of the tree of resources: `users` has the operations `list`, `retrieve` … and the child `roles`. */
export interface Resource {
  /** `users` */
  name: string;
  /** `['admin', 'organization', 'users']` */
  path: string[];
  /** `Users` */
  className: string;
  description: string;
  /** Operations of this resource, by id. */
  operations: string[];
  children: Resource[];
}

/** How the value of a property is compared with that in a query. */
export type Comparison = 'gt' | 'gte' | 'lt' | 'lte' | 'ne';

/** A collection: the items of a list, which the mock stores for each scope. */
export interface Collection {
  /** After the resource below its root: `users`, `users.roles`. */
  name: string;
  /** Of the list, or what the items' paths begin with: `/teams/{team_id}/members`. */
  path: string;
  /** The path parameter with an item's id: `role_id`. Undefined if no operation has one. */
  itemParam: string | undefined;
  /** The property of an item that its parameter names, as a path with dots: `metadata.name`. */
  idProperty: string;
  /**
   * Parameters of `path`, in order, each with the collection that it names an item of, if one is known, and the property
   * of an item that holds it, if that is not the one of its name: `owner.login`.
   */
  scope: { param: string; collection: string | undefined; property?: string }[];
  /** The scope of what is created at a path that names none, as with `POST /user/repos`. */
  self?: string[];
  /** Properties with the ids of another collection's items, by which lists at other paths show them. */
  references?: { property: string; collection: string }[];
  /** The name of the items' type: `AssignedRole`. */
  itemType: string;
  /** Whether that type allows null as well: other places may have null instead of an item. */
  isNullable?: true;
  /** How ids begin, from the spec's examples: `user_`. */
  idPrefix: string;
  /** The id of the first item, where no list shows which ids there are: an example of the document. */
  exampleID?: string;
  /** The list's query parameter → the item's property that it filters by, ignoring case (`x-mock.filter`). */
  filter: Record<string, string>;
  /** Names in a list's query that compare a property otherwise: `created[gte]`, `createdAfter`. */
  ranges?: Record<string, { property: string; comparison: Comparison }>;
  /** How many items each scope begins with (`x-mock.seed`). */
  seed: number;
}

/** How a list or a create at another path reaches the items of a collection. */
export interface View {
  /** The list shows the items of every scope, and what is created belongs to {@link Collection.self}. */
  every?: true;
  /** Path parameters that stand for properties of the items, with the collection whose items they name. */
  where?: { param: string; property: string; collection?: string }[];
}

/** The mock's behavior for an operation. `collection` is a {@link Collection.name}. */
export type Behavior =
  /** `inBody`: the properties of the body are what a query has otherwise, as in `POST /contacts/search`. */
  | ({
      kind: 'list';
      collection: string;
      pageClass: PageClass;
      paging: Paging;
      inBody?: true;
    } & View)
  /**
   * `id`: the parameter of body or path that becomes the item's id (`x-mock.id`). `items`: the property of the body that
   * has several items.
   */
  | ({ kind: 'create'; collection: string; id?: string; items?: string } & View)
  /** `id`: the property of the body that names the item, where the path does not. */
  | { kind: 'retrieve' | 'update' | 'replace' | 'delete'; collection: string; id?: string }
  /**
   * `set`: the changes of the action, besides those in the body (`x-mock.set`). `restores`: it brings back an item that
   * was deleted.
   */
  | { kind: 'action'; collection: string; set?: Record<string, unknown>; restores?: true }
  /**
   * Changes of the items that the query filters, or that `ids` names, a property of the body. `all`: of every item, where
   * the request chooses none.
   */
  | { kind: 'update.many' | 'delete.many'; collection: string; ids?: string; all?: true }
  /** One object per scope, named after its resource; DELETE puts it back to its first state. */
  | {
      kind: 'singleton.retrieve' | 'singleton.update' | 'singleton.replace' | 'singleton.reset';
      singleton: string;
      scope: Collection['scope'];
    }
  /** No convention matches: Prism's mocker responds. `list`: the response is a page. */
  | { kind: 'mocker'; list?: { pageClass: PageClass; paging: Paging } };

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

/** How a program calls an operation: `client.users.retrieve(userID)`. */
export interface Call {
  /** `client.admin.organization.users.retrieve`; empty if the client has no method. */
  method: string;
  /** In their order; the options that every call takes are left out. */
  arguments: CallArgument[];
  /** The type that the promise resolves to: `Member`, `CursorPage<Thing>`. */
  returns: string;
}

/**
 * The contents of `packages/mock/src/api.gen.json`: operations as Prism wants them, and what the mock knows besides.
 * Equal parts are stored once: `{ "$shared": 3 }` refers to `shared[3]`, which may refer to others.
 */
export interface MockAPI {
  $comment: string;
  title: string;
  basePath: string;
  /** How the names of the client's environment variables begin: `ACME` for `ACME_BASE_URL`. */
  env: string;
  shared: unknown[];
  /**
   * Prism operations, whose `iid` is the operation's id. `up` leads from the base path to an operation beside it, whose
   * path does not begin with the base path.
   */
  operations: unknown[];
  /** The behavior of each operation, by its id, and how the client calls it. */
  behaviors: Record<string, Behavior>;
  /** How the client calls each operation, by its id. */
  calls: Record<string, Call>;
  collections: Collection[];
  /** The item schema of each collection, and the schema of each singleton, by name. */
  schemas: Record<string, unknown>;
}
