import { execFileSync } from 'node:child_process';

/** One contender's measurements of one figure. */
export type Samples = Record<string, number[]>;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[middle - 1] ?? Number.NaN, sorted[middle] ?? Number.NaN];
  return sorted.length % 2 === 0 ? (low + high) / 2 : high;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/**
 * Measures contenders in turns, so that other load on the machine affects all of them alike. The first round only warms
 * up.
 */
export async function interleave(
  contenders: readonly string[],
  rounds: number,
  measure: (contender: string) => number | Promise<number>,
): Promise<Samples> {
  const samples: Samples = Object.fromEntries(contenders.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of contenders) {
      const value = await measure(name);
      if (round > 0) samples[name]?.push(value);
    }
  }
  return samples;
}

/** Runs a TypeScript file in a separate process, and reads the JSON in its last line. */
export function inProcess<T>(
  file: string,
  args: readonly string[],
  flags: readonly string[] = [],
): T {
  const output = execFileSync(process.execPath, [...flags, file, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as T;
}
