import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { roleMutation, usersQuery } from './users.ts';

export function App() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(usersQuery);
  const changeRole = useMutation(roleMutation);
  const end = useRef<HTMLParagraphElement>(null);

  // The next page is asked for when the end of the list comes into view.
  useEffect(() => {
    if (!end.current || !hasNextPage || isFetchingNextPage || error) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) void fetchNextPage();
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasNextPage, isFetchingNextPage, error, fetchNextPage]);

  const users = data?.pages.flatMap((page) => page.users) ?? [];
  return (
    <main>
      <h1>Users</h1>
      {error && (
        <p role="alert">
          {error.message}{' '}
          <button type="button" onClick={() => (data ? fetchNextPage() : refetch())}>
            Retry
          </button>
        </p>
      )}
      {changeRole.error && <p role="alert">{changeRole.error.message}</p>}
      <ul>
        {users.map(({ id, name, email, role }) => (
          <li key={id}>
            <span>
              {name ?? id} <small>{email}</small>
            </span>
            <select
              aria-label={`Role of ${name ?? id}`}
              value={role ?? ''}
              onChange={({ target }) => changeRole.mutate({ id, role: target.value })}
            >
              <option>owner</option>
              <option>reader</option>
            </select>
          </li>
        ))}
      </ul>
      <p ref={end}>{hasNextPage ? 'Loading…' : `${users.length} users`}</p>
    </main>
  );
}
