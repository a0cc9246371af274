import { type Document, shapeOf } from '@org/openapi';
import type { Behavior } from '../model/model.ts';
import type { SourceOperation } from '../read/read-operations.ts';
import type { FoundCollection } from './find-collections.ts';
import { parameterNames, plainName } from './page-names.ts';

/** What the mock does with the query parameters of a list that neither page nor order it. */
export interface ListParameters {
  /** The parameters that filter, with the property of the items that each is compared with. */
  filters: [parameter: string, property: string][];
  /** The parameters without an effect. */
  unused: string[];
}

export function listParameters(
  document: Document,
  { query }: SourceOperation,
  behavior: Behavior,
  { item, collection }: FoundCollection,
): ListParameters {
  const found: ListParameters = { filters: [], unused: [] };
  if (behavior.kind !== 'list') return found;
  const { position, size } = behavior.paging;
  const { after, cursor, backwards, number, offset } = parameterNames;
  // The addresses of pages have the number or the offset in them.
  const inAddress = behavior.pageClass === 'LinkPage' ? [number, offset] : [];
  const properties = shapeOf(document, item);
  for (const { name } of query) {
    const isPaging =
      [position, size, 'order'].includes(name) ||
      [after, cursor, backwards, ...inAddress].some((names) => names.has(plainName(name)));
    if (Object.hasOwn(collection.filter, name))
      found.filters.push([name, collection.filter[name] ?? name]);
    else if (isPaging) continue;
    else {
      const property = filteredBy(name, [...properties.keys()]);
      if (property === undefined) found.unused.push(name);
      else found.filters.push([name, property]);
    }
  }
  return found;
}

/** `filters: emails (by email), role; no effect in the mock: sort`, for the reason of a list. */
export function describeParameters({ filters, unused }: ListParameters): string {
  const names = filters.map(([name, property]) =>
    name === property ? `\`${name}\`` : `\`${name}\` (by \`${property}\`)`,
  );
  return [
    ...(names.length > 0 ? [`; filters: ${names.join(', ')}`] : []),
    ...(unused.length > 0
      ? [`; no effect in the mock: ${unused.map((name) => `\`${name}\``).join(', ')}`]
      : []),
  ].join('');
}

/**
 * The property by which a query parameter filters: the one of its name, whatever its case and separators. The names of
 * filters may stand in brackets: `filter[role]`.
 */
function filteredBy(parameter: string, properties: readonly string[]): string | undefined {
  const [, inner = parameter] = /^filters?\[([^[\]]+)\]$/i.exec(parameter) ?? [];
  if (properties.includes(inner)) return inner;
  const alike = properties.filter((name) => plainName(name) === plainName(inner));
  return alike.length === 1 ? alike[0] : undefined;
}
