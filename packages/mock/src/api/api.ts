import type { Behavior, Call, Collection, MockAPI } from '@org/codegen/model';
import type { HttpSecurityScheme, IHttpOperation, IHttpOperationResponse } from '@stoplight/types';
import type { Schema } from './schema.ts';

/** An operation as Prism describes it. */
export interface Operation extends IHttpOperation {
  /** The operation's id, which is how a program calls it: `admin.organization.users.list`. */
  iid: string;
  /**
   * What leads from the base path to the operation, where its own server is beside that: `/..`. Its path does not follow
   * the base path then.
   */
  up?: string;
}

/** What the mock knows of the API: everything comes from the spec. */
export interface API {
  title: string;
  /** The path of the API's server: requests may begin with it or not. */
  basePath: string;
  /** How the names of the client's environment variables begin: `ACME` for `ACME_BASE_URL`. */
  env: string;
  /** The bundled document, as JSON. */
  document(): Promise<string>;
  operations: readonly Operation[];
  collections: readonly Collection[];
  /** The operation with this id, or else with this `operationId` of the document; undefined if there is none. */
  operation(id: string): Operation | undefined;
  /** What the mock does for an operation; `mocker` where the spec says nothing that it could do. */
  behavior(id: string): Behavior;
  /** How a program calls an operation with the client. */
  call(id: string): Call;
  /** The schema of a collection's items, or of a singleton. One that refers to itself brings along what it refers to. */
  schema(name: string): Schema;
}

/**
 * Reads a generated file: parts that several places share become one object.
 *
 * @param given ids by the `operationId` that the document has instead
 */
export function createAPI(
  file: MockAPI,
  document: API['document'],
  given: ReadonlyMap<string, string> = new Map(),
): API {
  const { operations, schemas } = unshare(file);
  const schema = (name: string) => (Object.hasOwn(schemas, name) ? schemas[name] : undefined) ?? {};
  const byID = new Map(operations.map((operation) => [operation.iid, operation]));
  return {
    title: file.title,
    basePath: file.basePath,
    env: file.env,
    document,
    operations,
    collections: file.collections,
    operation: (id) => byID.get(id) ?? byID.get(given.get(id) ?? ''),
    behavior: (id) =>
      (Object.hasOwn(file.behaviors, id) ? file.behaviors[id] : undefined) ?? { kind: 'mocker' },
    call: (id) =>
      (Object.hasOwn(file.calls, id) ? file.calls[id] : undefined) ?? {
        method: `client.${id}`,
        arguments: [],
        returns: 'unknown',
      },
    schema,
  };
}

/** The path that an operation has on its server: `/v2/books/{id}`. */
export function fullPathOf({ basePath }: Pick<API, 'basePath'>, { up, path }: Operation): string {
  return up === undefined ? basePath + path : path;
}

/** The security schemes that operations have, again for each of them. */
export function schemesOf({ operations }: API): HttpSecurityScheme[] {
  return operations.flatMap(({ security = [] }) => security.flat());
}

/** The part of a response that a status has, if the spec describes one. */
export function responseOf(
  operation: IHttpOperation,
  status: number,
): IHttpOperationResponse | undefined {
  return (
    operation.responses.find(({ code }) => code === String(status)) ??
    operation.responses.find(({ code }) => code.toUpperCase() === `${Math.floor(status / 100)}XX`)
  );
}

/** The status of an operation's success: the first 2xx that the spec describes. */
export function successOf(operation: IHttpOperation): number {
  const code = operation.responses.find((response) => /^2\d\d$/.test(response.code))?.code;
  return code === undefined ? 200 : Number(code);
}

/** The property of a body that names the item to change, where the path does not. */
export function namedInBody(behavior: Behavior): string | undefined {
  return 'id' in behavior && behavior.kind !== 'create' ? behavior.id : undefined;
}

/** Whether a document says how an operation succeeds. */
export function describesSuccess(operation: IHttpOperation): boolean {
  return operation.responses.some(({ code }) => /^2|^default$/i.test(code));
}

/** The schema of a response's JSON body; undefined where it has none. */
export function responseSchema(operation: IHttpOperation, status: number): Schema | undefined {
  return jsonOf(responseOf(operation, status)?.contents)?.schema as Schema | undefined;
}

type Content = NonNullable<IHttpOperationResponse['contents']>[number];

/** The JSON of a body that may have other media types as well; the first where none is JSON. */
export function jsonOf(contents: readonly Content[] = []): Content | undefined {
  return contents.find(({ mediaType }) => /[/+]json\b/i.test(mediaType)) ?? contents[0];
}

/** The first example of a response's body, or undefined. */
export function responseExample(operation: IHttpOperation, status: number): unknown {
  const example = jsonOf(responseOf(operation, status)?.contents)?.examples?.[0];
  return example && 'value' in example ? example.value : undefined;
}

/** The schema of a query parameter; undefined where the operation has none of that name. */
export function querySchema(operation: IHttpOperation, name: string): Schema | undefined {
  const parameter = operation.request?.query?.find((one) => one.name === name);
  return parameter && ((parameter.schema ?? {}) as Schema);
}

interface Unshared {
  operations: Operation[];
  schemas: Record<string, Schema>;
}

/** Puts `shared[3]` in the place of every `{ "$shared": 3 }`. The file's own objects are used, and changed. */
function unshare({ shared, operations, schemas }: MockAPI): Unshared {
  const visited = new Set<object>();
  const targetOf = (value: unknown): unknown => {
    let target = value;
    while (typeof target === 'object' && target !== null && '$shared' in target)
      target = shared[target.$shared as number];
    return target;
  };
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || visited.has(value)) return;
    visited.add(value);
    const parts = value as Record<string, unknown>;
    for (const key of Object.keys(parts)) {
      parts[key] = targetOf(parts[key]);
      visit(parts[key]);
    }
  };
  visit(operations);
  visit(schemas);
  // The generator writes what the types say.
  return { operations, schemas } as Unshared;
}

/** The schema of a request's JSON body; undefined where the operation takes none. A JSON Patch tells nothing of it. */
export function bodySchema(operation: IHttpOperation): Schema | undefined {
  const contents = operation.request?.body?.contents?.filter(
    ({ mediaType }) => !/json-patch\+json/i.test(mediaType),
  );
  return jsonOf(contents)?.schema as Schema | undefined;
}
