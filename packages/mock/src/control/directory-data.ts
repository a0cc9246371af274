import type { OrganizationUser } from '@org/types';
import { userSchema } from '../engine/operations.ts';
import type { UserDirectory } from '../state/directory.ts';
import type { AnyCollection } from './controls.ts';

/** The directory of users as a collection. */
export function usersCollection(directory: UserDirectory): AnyCollection {
  const isMatch = (user: OrganizationUser, text: string) =>
    JSON.stringify(user).toLowerCase().includes(text.toLowerCase());
  return {
    name: 'users',
    scopeParams: [],
    itemType: 'OrganizationUser',
    schema: userSchema,
    get size() {
      return directory.size;
    },
    page({ after, limit, search }) {
      if (search === undefined) {
        const page = directory.page({ after, limit });
        if (!page) throw new TypeError(`users has no item '${after}'.`);
        return { items: page.users, hasMore: page.hasMore, total: directory.size };
      }
      const found = directory.list().filter((user) => isMatch(user, search));
      const start = after === undefined ? 0 : found.findIndex(({ id }) => id === after) + 1;
      const items = found.slice(start, start + limit);
      return { items, hasMore: start + limit < found.length, total: found.length };
    },
    get: (id) => directory.get(id),
    add: (item) => directory.add(item),
    update: (id, changes) => directory.update(id, changes),
    replace(id, item) {
      const gone = Object.keys(directory.get(id) ?? {}).map((name) => [name, undefined]);
      return directory.update(id, { ...Object.fromEntries(gone), ...item });
    },
    remove: (id) => directory.remove(id),
  };
}
