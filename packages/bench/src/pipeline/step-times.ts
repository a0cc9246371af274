/**
 * Measures steps by name.
 *
 * @param now the clock, in milliseconds
 */
export function stepTimes(now: () => number): {
  times: Record<string, number>;
  timed<T>(name: string, work: () => T | Promise<T>): Promise<T>;
} {
  const times: Record<string, number> = {};
  return {
    times,
    async timed(name, work) {
      const started = now();
      const result = await work();
      times[name] = now() - started;
      return result;
    },
  };
}
