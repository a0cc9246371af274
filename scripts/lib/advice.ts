/** The fix for a failed step of `pnpm check`. */
export interface Advice {
  /** `fix: pnpm generate` if a command fixes it; otherwise the place to edit, or the command to rerun. */
  text: string;
  /** The first lines of the output that name a place to edit. */
  problems: string[];
}

/** The maximum number of a step's problems in the summary; the output has all of them. */
const mostProblems = 3;

/**
 * Finds the fix in the output of a failed step. It names a command only if that fixes the problem.
 *
 * @param command The command of the step, to run it again: `pnpm lint`.
 * @param output Its output, without colors.
 */
export function adviceOn(command: string, output: string): Advice {
  if (command === 'pnpm lint') return adviceOnLint(output);
  const lines = output.split('\n');
  const orphans = lines.filter((line) => line.startsWith('Orphaned generated file, delete it: '));
  const isStale = lines.some((line) => /^(?:Stale|Missing): /.test(line));
  // Generating does not delete them.
  const named = [...output.matchAll(/\bRun: (pnpm .+?)\.?$/gm)].map(([, found = '']) => found);
  const commands = orphans.length > 0 && !isStale ? [] : [...new Set(named)];
  const places = [...new Set([...lines.filter(hasPlace), ...orphans])];
  if (commands.length > 0)
    return { text: `fix: ${commands.join(', then ')}`, problems: first(places) };
  if (orphans.length > 0) return { text: 'fix: delete the files', problems: first(orphans) };
  // A problem of the whole document has no line.
  const invalid = lines.findIndex((line) => /^(?:Invalid|Unfinished) spec /.test(line));
  const found = places.length > 0 || invalid < 0 ? places : lines.slice(invalid + 1, invalid + 2);
  // Generated files are stale after the edit.
  const next = command.replace(/^pnpm generate --check$/, 'pnpm generate');
  if (invalid >= 0) return { text: `edit the spec, then: ${next}`, problems: first(found) };
  if (found.length > 0) return { text: `edit, then: ${command}`, problems: first(found) };
  return { text: `again: ${command}`, problems: [] };
}

/** `biome check --write` fixes formatting, the order of imports, and problems with a safe fix. */
function adviceOnLint(output: string): Advice {
  const diagnostics = output.split(/^(?=\S+ .*━{3,}$)/m).filter(
    // The last one only sums up; a file that does not parse has a diagnostic of its own.
    (part) =>
      /━{3,}$/m.test(part) && !/^check ━/.test(part) && !part.includes('aborted due to parsing'),
  );
  const isFixed = (part: string) =>
    /^\S+ (?:format|assist\/\S+) /.test(part) || part.includes('Safe fix: ');
  const manual = diagnostics.filter((part) => !isFixed(part));
  const problems = first([...new Set(manual.map(describe))]);
  if (diagnostics.length === 0) return { text: 'again: pnpm lint', problems };
  if (manual.length === 0) return { text: 'fix: pnpm format', problems };
  const isMixed = manual.length < diagnostics.length;
  return { text: isMixed ? 'fix: pnpm format, then edit' : 'edit, then: pnpm lint', problems };
}

/** The place, the rule and the message of a diagnostic, in one line. */
function describe(diagnostic: string): string {
  const [head = ''] = diagnostic.split('\n');
  const [, message = ''] = /^ {2}[×!i] (.+)$/m.exec(diagnostic) ?? [];
  return `${head.replace(/ +(?:FIXABLE +)?━+$/, '')}: ${message}`;
}

function hasPlace(line: string): boolean {
  return /^[\w@./-]+\.\w+:\d+:\d+/.test(line);
}

function first(problems: readonly string[]): string[] {
  const left = problems.length - mostProblems;
  return [...problems.slice(0, mostProblems), ...(left > 0 ? [`… and ${left} more above`] : [])];
}
