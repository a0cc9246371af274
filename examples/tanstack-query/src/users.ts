// #region query
import OrgClient, { type OrganizationUser } from '@org/client';
import { type InfiniteData, infiniteQueryOptions, mutationOptions } from '@tanstack/react-query';

// The page's own server holds the key, and passes requests on: see vite.config.ts.
const client = new OrgClient({
  adminAPIKey: null,
  baseURL: new URL('/api', location.href).href,
  dangerouslyAllowBrowser: true,
  // TanStack Query decides about retries.
  maxRetries: 0,
});
const { users } = client.admin.organization;

interface UserPage {
  users: OrganizationUser[];
  /** The cursor after which the next page starts; null on the last page. */
  next: string | null;
}

/** All users, page by page: `data.pages.flatMap(({ users }) => users)`. */
export const usersQuery = infiniteQueryOptions({
  queryKey: ['users'],
  queryFn: async ({ pageParam, signal }): Promise<UserPage> => {
    const page = await users.list({ after: pageParam, limit: 20 }, { signal });
    // Plain data, which can be compared and stored. The cursor is the one that the client would send next.
    const next = page.has_more ? (page.last_id ?? page.data.at(-1)?.id ?? null) : null;
    return { users: page.data, next };
  },
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }) => next,
});
// #endregion

const { queryKey } = usersQuery;

/** Changes a user's role: at once on the page, and back again if the API refuses. */
export const roleMutation = mutationOptions({
  mutationFn: ({ id, role }: { id: string; role: string }) => users.update(id, { role }),
  onMutate: async ({ id, role }, { client }) => {
    await client.cancelQueries({ queryKey });
    const before = client.getQueryData(queryKey);
    client.setQueryData(queryKey, (data) => data && withRole(data, id, role));
    return before;
  },
  onError: (_error, _change, before, { client }) => client.setQueryData(queryKey, before),
  onSettled: (_data, _error, _change, _before, { client }) =>
    client.invalidateQueries({ queryKey }),
});

function withRole<T extends InfiniteData<UserPage>>(data: T, id: string, role: string): T {
  const pages = data.pages.map((page) => ({
    ...page,
    users: page.users.map((user) => (user.id === id ? { ...user, role } : user)),
  }));
  return { ...data, pages };
}
