import {
  type Document,
  deref,
  formatReference,
  isReference,
  itemsOf,
  type Schema,
  schemaName,
  withoutNull,
} from '@org/openapi';
import { pascalCase, singular, typeName } from '../model/names.ts';
import { jsonOf } from '../read/media-types.ts';
import type { SourceOperation } from '../read/read-operations.ts';
import { schemaAt } from './list-items.ts';
import { readPaging } from './read-paging.ts';

/** How the types that belong to a call begin: `RoleList` for `RoleListParams` and `RoleListResponse`. */
export interface CallName {
  /** Among the calls of its resource: `RoleList`. */
  local: string;
  /** Among all exported types: `RoleList`, or `ProjectRoleList` if an earlier operation has that name. */
  global: string;
}

/**
 * Names the types of each call after its resource and action. Operations are named in the order of the document, so
 * that one which is added behind the others takes no name away from them.
 */
export function nameCalls(
  document: Document,
  operations: readonly SourceOperation[],
): Map<SourceOperation, CallName> {
  const schemas = new Set(Object.keys(document.components?.schemas ?? {}).map(typeName));
  const taken = new Set<string>();
  const names = new Map<SourceOperation, CallName>();
  for (const operation of operations) {
    const own = new Set(
      [operation.body?.media.schema, operation.success?.media.schema]
        .map((schema) => schemaName(schema))
        .filter((name) => name !== undefined),
    );
    const free = (name: string) =>
      !taken.has(name) &&
      suffixes.every((suffix) => !schemas.has(name + suffix) || own.has(name + suffix)) &&
      !(needsParams(operation) && schemas.has(`${name}Params`));
    const [local = '', ...longer] = callNames(operation);
    let name = [local, ...longer].find(free);
    // A root resource has no parent to add to its name.
    for (let number = 2; name === undefined; number += 1) {
      if (free(`${local}${number}`)) name = `${local}${number}`;
    }
    taken.add(name);
    names.set(operation, { local, global: name });
  }
  return names;
}

const suffixes = ['Params', 'Response', 'Body', 'Page'];

/** Whether the call's params are more than its body. */
export function needsParams({ pathParams, query, headers }: SourceOperation): boolean {
  return pathParams.length > 1 || query.length > 0 || headers.length > 0;
}

/** `RoleList`, `MemberRoleList`, `TeamMemberRoleList` …: each with one more parent. */
function callNames({ resource, action }: SourceOperation): string[] {
  const parts = resource.map((segment) => pascalCase(singular(segment)));
  return parts.map((_, i) => parts.slice(parts.length - 1 - i).join('') + pascalCase(action));
}

/**
 * Moves schemas that bodies, responses and lists state in place into the components, named after the call, so that
 * all of them have a type that a program can name. Changes the document.
 */
export function nameInlineSchemas(
  document: Document,
  names: ReadonlyMap<SourceOperation, CallName>,
): void {
  const schemas = document.components?.schemas ?? {};
  document.components = { ...document.components, schemas };
  const move = (holder: { schema?: Schema }, name: string) => {
    if (!holder.schema || isReference(holder.schema)) return;
    if (!(name in schemas)) schemas[name] = holder.schema;
    holder.schema = { $ref: formatReference(['components', 'schemas', name]) };
  };
  for (const [operation, { global }] of names) {
    const { body, success } = operation;
    for (const parameter of parametersOf(operation)) {
      const [media] = Object.values(parameter.content ?? {});
      if (media) move(media, `${global}${pascalCase(parameter.name)}`);
    }
    if (body) move(body.media, `${global}${needsParams(operation) ? 'Body' : 'Params'}`);
    if (!success) continue;
    const { schema } = success.media;
    const paged =
      operation.method === 'get' ? readPaging(document, { ...operation, body: schema }) : undefined;
    const array = paged && withoutNull(document, schemaAt(document, schema, paged.paging.items));
    const items = itemsOf(document, array);
    if (array && items && !isReference(items) && Object.keys(items).length > 0) {
      const holder = { schema: items };
      move(holder, `${global}Response`);
      array.items = holder.schema;
    }
    move(success.media, `${global}${paged ? 'Page' : 'Response'}`);
    for (const [status, media] of otherSuccesses(document, operation))
      move(media, `${global}Response${status}`);
  }
}

/** The JSON of further successes, by their status. */
function otherSuccesses(document: Document, { object, success }: SourceOperation) {
  return Object.entries(object.responses ?? {})
    .filter(([status]) => /^2/.test(status) && status !== success?.status)
    .flatMap(([status, reference]) => {
      const json = jsonOf(deref(document, reference)?.content);
      return json ? [[status, json.media] as const] : [];
    });
}

function parametersOf({ pathParams, query, headers }: SourceOperation) {
  return [...pathParams, ...query, ...headers];
}

/** The exported name of a schema that is a reference. */
export function referencedType(document: Document, schema: Schema | undefined): string {
  const name = schemaName(schema);
  if (name !== undefined) return typeName(name);
  const only = withoutNull(document, schema);
  const found = Object.entries(document.components?.schemas ?? {}).find(
    ([, candidate]) => candidate === only || deref(document, candidate) === only,
  );
  return found ? typeName(found[0]) : 'unknown';
}
