import { valueIn } from '@org/codegen/item-id';
import { control, queryString } from '../api/control.ts';
import type { CollectionInfo, DataPage, OperationInfo } from '../api/types.ts';
import { parentOf } from '../data/tree.ts';

/**
 * Values for the path parameters of an operation that name items that exist: the first item of its collection, and of
 * the collections above it. Unknown values are left out.
 */
export async function suggestPath(
  { path, collection: name }: OperationInfo,
  collections: readonly CollectionInfo[],
): Promise<Record<string, string>> {
  const params = [...path.matchAll(/\{([^}]+)\}/g)].map(([, param]) => param ?? '');
  const values: Record<string, string> = {};
  for (const [depth, collection] of lineage(name, collections).entries()) {
    const param = params[depth];
    if (param === undefined) break;
    const query = queryString({ ...values, limit: 1 });
    const { data } = await control<DataPage>(
      'GET',
      `data/${encodeURIComponent(collection.name)}${query}`,
    );
    const id = valueIn(data[0], collection.idProperty);
    if (id === undefined) break;
    values[param] = String(id);
  }
  return values;
}

/** A collection and those above it, from the root on. */
function lineage(
  name: string | null | undefined,
  all: readonly CollectionInfo[],
): CollectionInfo[] {
  const line: CollectionInfo[] = [];
  let current = all.find((one) => one.name === name);
  while (current) {
    line.unshift(current);
    current = parentOf(current, all);
  }
  return line;
}
