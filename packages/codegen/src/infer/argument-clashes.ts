import {
  type Document,
  deref,
  isReference,
  type ParameterObject,
  type Pointer,
  type Problems,
  parsePointer,
  type Schema,
  shapeOf,
  typesOf,
  valueAt,
} from '@org/openapi';
import { propertyOf } from '../read/read-client.ts';
import type { SourceOperation } from '../read/read-operations.ts';

/** A parameter whose argument has the name of another one. */
interface Clash {
  parameter: ParameterObject;
  /** The parameter whose name it has; otherwise that of a property of the body. */
  other: ParameterObject | undefined;
  /** An argument that no other one has: `query_limit`. */
  free: string;
}

/**
 * Path parameters, query, headers and body share one object, so their names must differ. Of two parameters, the clash is
 * that of the second one. Properties of a body keep their names.
 */
function findClashes(document: Document, source: SourceOperation): Clash[] {
  const { pathParams, query, headers, body } = source;
  const parameters = [...pathParams.slice(0, -1), ...query, ...headers];
  const properties = new Set<string>();
  if (body && parameters.length > 0) {
    const schema = deref(document, body.media.schema);
    const own = isObjectBody(document, schema) ? shapeOf(document, schema).keys() : ['body'];
    for (const name of own) properties.add(name);
  }
  const all = new Set([...properties, ...parameters.map(propertyOf)]);
  const before = new Map<string, ParameterObject>();
  return parameters.flatMap((parameter) => {
    const property = propertyOf(parameter);
    const other = properties.has(property) ? undefined : before.get(property);
    before.set(property, parameter);
    if (!properties.has(property) && !other) return [];
    const free = freeArgument(parameter, all);
    all.add(free);
    return [{ parameter, other, free }];
  });
}

/** Named by its place, as generators of other clients do: `query_limit`, `path_id`, `header_X_Request_ID`. */
function freeArgument({ in: place, name }: ParameterObject, taken: ReadonlySet<string>): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter(Boolean);
  let argument = [place, ...words].join('_');
  while (taken.has(argument)) argument = `${place}_${argument}`;
  return argument;
}

/** Whether the properties of a body may be mixed with parameters. */
export function isObjectBody(document: Document, schema: Schema | undefined): boolean {
  return typesOf(document, schema).has('object');
}

/** A problem for each {@link findClashes}. */
export function refuseClashes(
  document: Document,
  source: SourceOperation,
  problems: Problems,
): void {
  const { pointer, id } = source;
  for (const { parameter, other, free } of findClashes(document, source)) {
    const property = propertyOf(parameter);
    const at = pointerOf(document, source, parameter);
    const also = other ? `a ${other.in} parameter` : 'a property of the body';
    problems.add(
      'argument-clash',
      other ? pointer : [...pointer, 'requestBody'],
      `\`${property}\` is both a ${parameter.in} parameter and ${also} of \`${id}\`, which would share one property of the params. Give the argument of the ${parameter.in} parameter another name: \`x-client: { argument: ${free} }\`.`,
      { solution: at && { pointer: at, update: { 'x-client': { argument: free } } } },
    );
  }
}

/** Where a parameter is described: at its operation, at its path, or in the components. */
function pointerOf(
  document: Document,
  { path, pointer }: SourceOperation,
  { in: place, name }: ParameterObject,
): Pointer | undefined {
  for (const holder of [pointer, ['paths', path]]) {
    const list = valueAt(document, [...holder, 'parameters']);
    for (const i of Array.isArray(list) ? list.keys() : []) {
      let at: Pointer = [...holder, 'parameters', i];
      let found = valueAt(document, at);
      for (let steps = 0; isReference(found) && steps < 100; steps += 1) {
        at = parsePointer(found.$ref);
        found = valueAt(document, at);
      }
      const parameter = found as Partial<ParameterObject> | undefined;
      if (parameter?.in === place && parameter.name === name) return at;
    }
  }
  return undefined;
}
