import type { Change, ChangedProperty, ChangeReport } from '../api/types.ts';

type ChangeKind = 'added' | 'changed' | 'removed';

/** A change as a row of a table. */
export interface ChangeRow {
  kind: ChangeKind;
  /** The ids of the parents and of the item: `user_abc/role_def`. */
  id: string;
  properties: readonly ChangedProperty[];
  /** Items that were removed with an item: `2 users.roles`. */
  below: string;
  /** The address of the item in the data, if it is still there and in a collection. */
  item: { collection: string; parameters: Record<string, string> } | undefined;
  requests: readonly string[];
}

/** The changes of a collection or a singleton. */
export interface ChangeSection {
  name: string;
  rows: ChangeRow[];
}

/** The most rows that are shown of a collection or a singleton. */
export const mostRows = 200;

export function rowsOf({ collections, singletons }: ChangeReport): ChangeSection[] {
  const sections = Object.entries(collections).map(([name, { added, changed, removed }]) => ({
    name,
    rows: [
      ...added.map((change) => row('added', name, change)),
      ...changed.map((change) => row('changed', name, change)),
      ...removed.map((change) => row('removed', name, change)),
    ],
  }));
  const others = Object.entries(singletons).map(([name, changes]) => ({
    name,
    rows: changes.map((change) => row('changed', undefined, change)),
  }));
  return [...sections, ...others];
}

export function countRows(sections: readonly ChangeSection[]): number {
  return sections.reduce((sum, { rows }) => sum + rows.length, 0);
}

function row(
  kind: ChangeKind,
  collection: string | undefined,
  change: Change & {
    id?: string;
    properties?: ChangedProperty[];
    below?: Record<string, number>;
  },
): ChangeRow {
  const { scope, id, properties = [], below = {}, requests } = change;
  const isThere = kind !== 'removed' && collection !== undefined && id !== undefined;
  return {
    kind,
    id: [...Object.values(scope), ...(id === undefined ? [] : [id])].join('/'),
    properties,
    below: Object.entries(below)
      .map(([name, count]) => `${count} ${name}`)
      .join(', '),
    item: isThere ? { collection, parameters: { ...scope, item: id } } : undefined,
    requests,
  };
}
