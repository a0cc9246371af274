/** How long the keys of one function's results may be altogether, in characters: results grow with their keys. */
const capacity = 256 * 1024;
/** A key that is longer is not worth its memory. */
const longestKey = 2048;
/** As how many characters a result counts besides its key: thousands of results with short keys take memory, too. */
const overhead = 512;

interface MemoizeOptions<TResult> {
  capacity?: number;
  longestKey?: number;
  /** Whether a result may be kept. Default: all of them. */
  keeps?(result: TResult): boolean;
}

/**
 * Keeps the results of a pure function by a key that holds all that they depend on. Not kept without a key. The oldest
 * results are dropped to make room for a new one.
 */
export function memoize<TInput, TResult>(
  compute: (input: TInput) => TResult,
  keyOf: (input: TInput) => string | undefined,
  options: MemoizeOptions<TResult> = {},
): (input: TInput) => TResult {
  const limits = { capacity, longestKey, ...options };
  const results = new Map<string, TResult>();
  let length = 0;
  return (input) => {
    const key = keyOf(input);
    if (key === undefined || key.length > limits.longestKey) return compute(input);
    const known = results.get(key);
    if (known !== undefined) return known;
    const result = compute(input);
    if (limits.keeps?.(result) === false) return result;
    results.set(key, result);
    length += key.length + overhead;
    for (const oldest of results.keys()) {
      if (length <= limits.capacity) break;
      results.delete(oldest);
      length -= oldest.length + overhead;
    }
    return result;
  };
}

/** Keeps the results of a pure function by the object that they are of, if it is frozen: others may change. */
export function memoizeFrozen<TInput, TResult>(
  compute: (input: TInput) => TResult,
): (input: TInput) => TResult {
  const results = new WeakMap<object, TResult>();
  return (input) => {
    // A primitive counts as frozen, but cannot be a key.
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
