import { useEffect, useState } from 'preact/hooks';

/** What a read came to. While it is read again, the last value stays. */
export interface Loaded<T> {
  value: T | undefined;
  error: unknown;
  loading: boolean;
}

/** Reads something when the component appears, and again when a dependency changes. */
export function useLoad<T>(read: () => Promise<T>, dependencies: unknown[]): Loaded<T> {
  const [state, setState] = useState<Loaded<T>>({
    value: undefined,
    error: undefined,
    loading: true,
  });
  useEffect(() => {
    // An answer that comes after a newer question is of no use.
    let current = true;
    setState((old) => ({ ...old, loading: true }));
    read().then(
      (value) => current && setState({ value, error: undefined, loading: false }),
      (error: unknown) => current && setState((old) => ({ ...old, error, loading: false })),
    );
    return () => {
      current = false;
    };
  }, dependencies);
  return state;
}
