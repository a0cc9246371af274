import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { asSpec, diff, type Verdict } from '@org/spec-diff';

/** A judge's verdict on a pair of documents, or the reason why it has none. */
export interface Judgement {
  verdict: Verdict | 'refused';
  /** Milliseconds on the clock: of the process and its start, for a judge that is one. */
  time: number;
  reason?: string;
}

/** Judges the change from one document to another. */
export type Judge = (before: object, after: object) => Promise<Judgement>;

/** `diff()` of `@org/spec-diff`, in this process. */
export const ours: Judge = async (before, after) => {
  const started = performance.now();
  const spent = () => performance.now() - started;
  try {
    const { verdict } = await diff(asSpec(before, 'before'), asSpec(after, 'after'));
    return { verdict, time: spent() };
  } catch (error) {
    return { verdict: 'refused', time: spent(), reason: String(error) };
  }
};

const run = promisify(execFile);
const command = resolve(import.meta.dirname, '../../node_modules/@redocly/cli/bin/cli.js');
const verdicts: Record<string, Verdict> = { major: 'breaking', minor: 'addition', patch: 'none' };

/** `redocly diff`, which is a process for each pair: `@redocly/cli` exports nothing. */
export function redoclyIn(folder: string): Judge {
  let count = 0;
  return async (before, after) => {
    count += 1;
    const [base, revision] = ['before', 'after'].map((side) =>
      join(folder, `${side}-${count}.json`),
    );
    const output = join(folder, `report-${count}.json`);
    if (!base || !revision) throw new Error('Expected two files.');
    writeFileSync(base, JSON.stringify(before));
    writeFileSync(revision, JSON.stringify(after));
    const started = performance.now();
    const spent = () => performance.now() - started;
    try {
      await run(
        process.execPath,
        [command, 'diff', base, revision, '--format', 'json', '--fail-on', 'none', '-o', output],
        {
          cwd: folder,
          env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
          maxBuffer: 2 ** 28,
        },
      );
      const { bump } = JSON.parse(readFileSync(output, 'utf8')) as { bump: string };
      return { verdict: verdicts[bump] ?? 'none', time: spent() };
    } catch (error) {
      const { stderr, message } = error as { stderr?: string; message: string };
      return { verdict: 'refused', time: spent(), reason: stderr || message };
    }
  };
}
