import { type Document, shapeOf } from '@org/openapi';
import type { Behavior } from '../model/model.ts';
import type { SourceOperation } from '../read/read-operations.ts';
import type { FoundCollection } from './find-collections.ts';
import { parameterNames, plainName } from './page-names.ts';

/** The query parameters of a list without an effect in the mock: they neither page, order nor filter. */
export function unusedParameters(
  document: Document,
  { query }: SourceOperation,
  behavior: Behavior,
  { item, collection }: FoundCollection,
): string[] {
  if (behavior.kind !== 'list') return [];
  const { position, size } = behavior.paging;
  const { after, cursor, backwards } = parameterNames;
  const properties = shapeOf(document, item);
  return query
    .map(({ name }) => name)
    .filter(
      (name) =>
        ![position, size, 'order'].includes(name) &&
        ![after, cursor, backwards].some((names) => names.has(plainName(name))) &&
        !Object.hasOwn(collection.filter, name) &&
        !properties.has(name),
    );
}
