import {
  type Document,
  deref,
  type ParameterObject,
  type Schema,
  shapeOf,
  typesOf,
  valuesOf,
} from '@org/openapi';
import type { Behavior } from '../model/model.ts';
import { isDirection, isUpdateMask } from '../model/request-words.ts';
import type { SourceOperation } from '../read/read-operations.ts';
import { type FilterName, filterNames } from './filter-names.ts';
import type { FoundCollection } from './find-collections.ts';
import { parameterName, parameterNames } from './page-names.ts';

/** What the mock does with the query parameters of an operation; of a list, those that neither page nor order it. */
export interface ListParameters {
  /** The names that filter, with the property of the items that each is compared with. */
  filters: FilterName[];
  /** The parameters without an effect. */
  unused: string[];
}

/** The properties of a body as parameters of a query: objects have the style that gives their parts names. */
export function bodyAsQuery(document: Document, { body }: SourceOperation): ParameterObject[] {
  return [...shapeOf(document, body?.media.schema)].map(([name, { schema }]) => ({
    name,
    in: 'query',
    schema,
    ...(typesOf(document, schema).has('object') && { style: 'deepObject' }),
  }));
}

export function queryParameters(
  document: Document,
  operation: SourceOperation,
  behavior: Behavior,
  { item, collection }: FoundCollection,
): ListParameters {
  const found: ListParameters = { filters: [], unused: [] };
  if (behavior.kind !== 'list') {
    const filters = behavior.kind.endsWith('.many')
      ? operation.query.flatMap((parameter) => filterNames(document, parameter, item).filters)
      : [];
    return { filters, unused: unusedNames(document, operation, behavior, item) };
  }
  const query = behavior.inBody ? bodyAsQuery(document, operation) : operation.query;
  const { position, size } = behavior.paging;
  const { after, cursor, backwards, number, offset } = parameterNames;
  // The addresses of pages have the number or the offset in them.
  const inAddress = behavior.pageClass === 'LinkPage' ? [number, offset] : [];
  for (const parameter of query) {
    const { name } = parameter;
    const isPaging =
      [position, size].includes(name) ||
      (name === 'order' && isOrder(document, parameter)) ||
      [after, cursor, backwards, ...inAddress].some((names) => names.has(parameterName(name)));
    if (Object.hasOwn(collection.filter, name))
      found.filters.push({ name, property: collection.filter[name] ?? name });
    else if (isPaging) continue;
    else {
      const { filters, unused } = filterNames(document, parameter, item);
      found.filters.push(...filters);
      found.unused.push(...unused);
    }
  }
  // The mock pages by parameters of the query alone.
  found.unused.push(
    ...operation.headers.flatMap(({ name }) => (/^range$/i.test(name) ? [name] : [])),
  );
  return found;
}

/** Whether `order` says in which direction a list goes: no values are listed, or directions are among them. */
function isOrder(document: Document, { schema }: ParameterObject): boolean {
  const values = valuesOf(deref(document, schema) ?? {}) ?? [];
  return values.length === 0 || values.some(isDirection);
}

/** The parameters that neither name an item nor say what becomes of it. */
function unusedNames(
  document: Document,
  { query, method, body }: SourceOperation,
  behavior: Behavior,
  item: Schema,
): string[] {
  const isFilter = (parameter: ParameterObject) =>
    behavior.kind.endsWith('.many') && filterNames(document, parameter, item).filters.length > 0;
  // A write without a body has what is to become of the item in its query.
  const isValue = (name: string) =>
    !body && ['post', 'put', 'patch'].includes(method) && shapeOf(document, item).has(name);
  const id = 'id' in behavior ? behavior.id : undefined;
  const isMask = (name: string) => behavior.kind === 'update' && isUpdateMask(name);
  return query
    .filter((one) => one.name !== id && !isFilter(one) && !isValue(one.name) && !isMask(one.name))
    .map(({ name }) => name);
}

/** `filters: emails (by email), role; no effect in the mock: sort`, for the reason of a list. */
export function describeParameters({ filters, unused }: ListParameters): string {
  const names = filters.map(({ name, property }) =>
    name === property ? `\`${name}\`` : `\`${name}\` (by \`${property}\`)`,
  );
  return [
    ...(names.length > 0 ? [`; filters: ${names.join(', ')}`] : []),
    ...(unused.length > 0
      ? [`; no effect in the mock: ${unused.map((name) => `\`${name}\``).join(', ')}`]
      : []),
  ].join('');
}
