import type { Location, Method } from '@org/openapi';

/**
 * The spec as everything that is generated sees it: computed once, read by every emitter and by `@org/spec-diff`.
 * What it holds is plain data, so that it can be written to a file as it is.
 */
export interface Model {
  title: string;
  version: string;
  /** The first server's address, such as `https://api.openai.com/v1`. */
  serverURL: string;
  /** The path of that address: requests to the mock may begin with it or not. */
  basePath: string;
  operations: Operation[];
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
  summary: string;
  description: string;
  deprecated: boolean;
  /** The last path parameter, which is the call's first argument; undefined where the path has none. */
  positional: Parameter | undefined;
  /** The path parameters before it, which are named in the params that follow. */
  pathParams: Parameter[];
  query: Parameter[];
  body: Body | undefined;
  /** The exported type of the params object (query, body and earlier path parameters), if the call has one. */
  paramsType: string | undefined;
  /** Whether the params may be left out. */
  paramsOptional: boolean;
  result: Result;
  /** The responses that are errors, by status: `404`, `4XX`, `default`. */
  errors: { status: string; description: string }[];
  /** What the mock does, and one sentence that says why. */
  behavior: Behavior;
  reason: string;
  /** The last name of the id: `list`. */
  action: string;
  /** How the types of the call begin among those of its resource: `RoleList`. */
  callName: string;
  /** Where the operation is in the YAML, if the source is known. */
  location: Location | undefined;
}

export interface Parameter {
  /** As it goes on the wire: `user_id`. */
  name: string;
  /** As an argument: `userID`. */
  argument: string;
  description: string;
  required: boolean;
  /** As TypeScript writes the type of a path parameter: `string`, `number`, `'asc' | 'desc'`. */
  type: string;
  /** As JSON Schema; references into the components are kept. */
  schema: unknown;
  example?: unknown;
}

export interface Body {
  required: boolean;
  /** The exported type of the body. */
  type: string;
  mediaType: string;
  description: string;
  /** The first example of the body. */
  example?: unknown;
}

/** The page classes of the client, by what the response has (see `PageClass` in the client's `core/page.ts`). */
export type PageClass = 'ConversationCursorPage' | 'CursorPage' | 'NextCursorPage' | 'Page';

export type Result =
  /** `type` is that of the whole body, `item` that of an element of `data`. */
  | { kind: 'page'; pageClass: PageClass; item: string; type: string }
  /** `read`: the body is not JSON, but a text, or the response with its body unread. */
  | { kind: 'value'; type: string; read?: 'text' | 'response' }
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

/** What the mock keeps state of: the items of a list, in each scope of its own. */
export interface Collection {
  /** After the resource below its root: `users`, `users.roles`. */
  name: string;
  /** Of the list: `/teams/{team_id}/members`. */
  path: string;
  /** The path parameter that names an item: `role_id`. Undefined where no operation takes one. */
  itemParam: string | undefined;
  /** The property of an item that its parameter names. */
  idProperty: string;
  /** Parameters of `path`, in order, each with the collection that it names an item of, if one is known. */
  scope: { param: string; collection: string | undefined }[];
  /** The name of the items' type: `AssignedRole`. */
  itemType: string;
  /** How ids begin, from the spec's examples: `user_`. */
  idPrefix: string;
  /** The list's query parameter → the item's property that it must equal, without regard to case (`x-mock.filter`). */
  filter: Record<string, string>;
  /** How many items each scope begins with (`x-mock.seed`). */
  seed: number;
}

/** What the mock does for an operation. `collection` is a {@link Collection.name}. */
export type Behavior =
  | { kind: 'list'; collection: string; pageClass: PageClass }
  /** `id`: the parameter of body or path that becomes the item's id (`x-mock.id`). */
  | { kind: 'create'; collection: string; id?: string }
  | { kind: 'retrieve' | 'update' | 'replace' | 'delete'; collection: string }
  /** `set`: what the action changes besides what the body says (`x-mock.set`). */
  | { kind: 'action'; collection: string; set?: Record<string, unknown> }
  /** One object per scope, named after its resource; DELETE puts it back to its first state. */
  | {
      kind: 'singleton.retrieve' | 'singleton.update' | 'singleton.replace' | 'singleton.reset';
      singleton: string;
      scope: Collection['scope'];
    }
  /** Fits nothing: Prism's mocker answers. */
  | { kind: 'mocker' };

/** How a program calls an operation: `client.users.retrieve(userID)`. */
export interface Call {
  /** `client.admin.organization.users.retrieve` */
  method: string;
  /** `userID`, `body`, `query?`; the options that every call takes are left out. */
  arguments: string[];
  /** What the promise gives: `Member`, `CursorPage<Thing>`. */
  returns: string;
}

/**
 * The contents of `packages/mock/src/api.gen.json`: operations as Prism wants them, and what the mock knows besides.
 * Parts that are the same are stored once: `{ "$shared": 3 }` stands for `shared[3]`, which may refer to others.
 */
export interface MockAPI {
  $comment: string;
  title: string;
  basePath: string;
  shared: unknown[];
  /** Prism operations, whose `iid` is the operation's id. */
  operations: unknown[];
  /** The behavior of each operation, by its id, and how the client calls it. */
  behaviors: Record<string, Behavior>;
  /** How the client calls each operation, by its id. */
  calls: Record<string, Call>;
  collections: Collection[];
  /** The item schema of each collection, and the schema of each singleton, by name. */
  schemas: Record<string, unknown>;
}
