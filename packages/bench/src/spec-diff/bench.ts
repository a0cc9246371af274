import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure, Tell } from '../report.ts';
import { type Judge, type Judgement, ours, redoclyIn } from './judges.ts';
import { type Pair, randomPairs, releasePairs, tablePairs } from './pairs.ts';

/** The scores of a judge on pairs with a known verdict. */
interface Score {
  pairs: number;
  /** Breaking, and called something else. */
  missed: string[];
  /** Called breaking, and not. */
  false: string[];
  /** The very word: breaking, addition or none. */
  exact: number;
  refused: number;
  times: number[];
}

/** Two processes at a time: the machine has two cores. */
const atATime = 2;

/** Compares `diff()` with `redocly diff` on pairs of documents: misses and false alarms. */
export async function benchSpecDiff(tell: Tell, quick: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-spec-diff-'));
  try {
    const judges: Record<string, Judge> = { ours, redocly: redoclyIn(folder) };
    const totals: Record<string, Score> = {};
    // Not a multiple of the ways a case is written, so that a quick run sees all of them.
    const every = quick ? 7 : 1;
    for (const [name, pairs] of Object.entries(tablePairs())) {
      const chosen = pairs.filter((_, i) => i % every === 0);
      await compare(`Table of changes: ${name}`, chosen, judges, totals, tell);
    }
    tellScores('Table of changes', totals, tell);
    const random: Record<string, Score> = {};
    await compare('', randomPairs(quick ? 20 : 200), judges, random, () => {});
    tellScores('Random schemas', random, tell);
    await benchReleases(judges, tell);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(
  title: string,
  pairs: readonly Pair[],
  judges: Record<string, Judge>,
  totals: Record<string, Score>,
  tell: Tell,
): Promise<void> {
  const scores: Record<string, Score> = {};
  for (const [name, judge] of Object.entries(judges)) {
    const score = await scoreOf(judge, pairs);
    scores[name] = score;
    totals[name] = added(totals[name], score);
  }
  if (title) tellScores(title, scores, tell, true);
}

async function scoreOf(judge: Judge, pairs: readonly Pair[]): Promise<Score> {
  const score: Score = {
    pairs: pairs.length,
    missed: [],
    false: [],
    exact: 0,
    refused: 0,
    times: [],
  };
  const waiting = pairs.entries();
  const work = async () => {
    for (const [, pair] of waiting) count(score, pair, await judge(pair.before, pair.after));
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return score;
}

function count(score: Score, { name, expected }: Pair, { verdict, time }: Judgement): void {
  score.times.push(time);
  const isBreaking = verdict === 'breaking';
  if (verdict === 'refused') score.refused += 1;
  if (expected === 'breaking' && !isBreaking) score.missed.push(`${name}: ${verdict}`);
  if (expected !== 'breaking' && isBreaking) score.false.push(name);
  if (verdict === expected || (expected === 'not breaking' && !isBreaking)) score.exact += 1;
}

function added(a: Score | undefined, b: Score): Score {
  if (!a) return b;
  return {
    pairs: a.pairs + b.pairs,
    missed: [...a.missed, ...b.missed],
    false: [...a.false, ...b.false],
    exact: a.exact + b.exact,
    refused: a.refused + b.refused,
    times: [...a.times, ...b.times],
  };
}

function tellScores(title: string, scores: Record<string, Score>, tell: Tell, brief = false): void {
  const pairs = Object.values(scores)[0]?.pairs ?? 0;
  const figure = (name: string, unit: string, of: (score: Score) => number): Figure => ({
    name: `${title}, ${pairs} pairs: ${name}`,
    unit,
    values: Object.fromEntries(Object.entries(scores).map(([judge, score]) => [judge, of(score)])),
  });
  const list = (of: (score: Score) => string[]) =>
    Object.fromEntries(Object.entries(scores).map(([judge, score]) => [judge, of(score)]));
  tell({
    ...figure('missed', '', ({ missed }) => missed.length),
    details: list(({ missed }) => missed),
  });
  tell({
    ...figure('false alarms', '', (score) => score.false.length),
    details: list((score) => score.false),
  });
  tell(figure('correct verdicts', '%', ({ exact }) => (100 * exact) / pairs));
  if (brief) return;
  tell(figure('refused to compare', '', ({ refused }) => refused));
  tell({
    ...figure(
      'time of a pair',
      'ms',
      ({ times }) => times.reduce((a, b) => a + b, 0) / times.length,
    ),
    against: 'ours',
  });
}

/** The correct verdict on these releases is unknown: the verdicts are printed side by side for a person. */
async function benchReleases(judges: Record<string, Judge>, tell: Tell): Promise<void> {
  for (const { name, before, after } of releasePairs()) {
    const values: Record<string, number> = {};
    const notes: string[] = [];
    for (const [judge, ask] of Object.entries(judges)) {
      const { verdict, time } = await ask(before, after);
      values[judge] = time;
      notes.push(`${judge}: ${verdict}`);
    }
    tell({ name: `Release ${name}`, unit: 'ms', values, note: notes.join(', '), against: 'ours' });
  }
}
