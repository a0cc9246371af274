import { useEffect, useState } from 'preact/hooks';

/** The result of a read. During a reload, the last value remains. */
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
    // A response to an outdated request is ignored.
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
