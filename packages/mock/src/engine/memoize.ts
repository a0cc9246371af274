/** How many results of one function are kept. */
const capacity = 2_000;

/**
 * Keeps the results of a pure function by a key that holds all that they depend on. No key, no keeping. The oldest
 * result makes place for a new one.
 */
export function memoize<TInput, TResult>(
  compute: (input: TInput) => TResult,
  keyOf: (input: TInput) => string | undefined,
): (input: TInput) => TResult {
  const results = new Map<string, TResult>();
  return (input) => {
    const key = keyOf(input);
    if (key === undefined) return compute(input);
    const known = results.get(key);
    if (known !== undefined) return known;
    const result = compute(input);
    if (results.size >= capacity) {
      const [oldest] = results.keys();
      if (oldest !== undefined) results.delete(oldest);
    }
    results.set(key, result);
    return result;
  };
}

/** Keeps the results of a pure function by the object that they are of, if it is frozen: others may change. */
export function memoizeFrozen<TInput, TResult>(
  compute: (input: TInput) => TResult,
): (input: TInput) => TResult {
  const results = new WeakMap<object, TResult>();
  return (input) => {
    // What is no object counts as frozen, but is no key.
    if (typeof input !== 'object' || input === null || !Object.isFrozen(input))
      return compute(input);
    let result = results.get(input);
    if (result === undefined) {
      result = compute(input);
      results.set(input, result);
    }
    return result;
  };
}
