// A pattern of a document and a text of it may take minutes together: `^([a-z]+-?)+$` and 41 letters.

/** Milliseconds that one pattern may take: much more than a busy machine needs for good ones. */
const budget = 100;
/** How many patterns may take longer before no other one is tried that could. */
const mostSlow = 20;
/** How many results are remembered. */
const capacity = 1_000;

interface Host {
  getBuiltinModule?: (id: string) => unknown;
  cpuUsage?: () => { user: number };
}

interface VM {
  createContext(globals: object): object;
  Script: new (
    code: string,
  ) => { runInContext(context: object, options: { timeout: number }): unknown };
}

/** Undefined in browsers. */
const host = (globalThis as { process?: Host }).process;
const vm = host?.getBuiltinModule?.('node:vm') as VM | undefined;
let script: InstanceType<VM['Script']> | undefined;
let globals: { work: (() => unknown) | undefined } | undefined;

/** Whether {@link withinTime} interrupts anything here. */
export const canInterrupt: boolean = vm !== undefined;

/** How often work is tried again that a busy machine interrupted. */
const mostRetries = 3;

/**
 * Runs some work, and interrupts it after a time, even within a regular expression: then it is undefined. Work that got
 * less than half of the time, because others needed the processor, is run again.
 */
export function withinTime<T>(work: () => T, milliseconds: number): T | undefined {
  if (!vm) return work();
  script ??= new vm.Script('work()');
  globals ??= vm.createContext({ work }) as NonNullable<typeof globals>;
  globals.work = work;
  try {
    for (let tries = 0; tries <= mostRetries; tries += 1) {
      const started = cpuTime();
      try {
        return script.runInContext(globals, { timeout: milliseconds }) as T;
      } catch (error) {
        if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
        if (cpuTime() - started > milliseconds / 2) return undefined;
      }
    }
    return undefined;
  } finally {
    globals.work = undefined;
  }
}

/** Milliseconds of the processor that this process has used. */
function cpuTime(): number {
  const { user = 0 } = host?.cpuUsage?.() ?? {};
  return user / 1_000;
}

/**
 * Whether a pattern takes linear time for sure: it has one repetition without a small bound at most, of one character or
 * class, and begins at the start of the text, so that it is not tried at every character.
 */
export function isLinear(source: string): boolean {
  if (/\\[1-9k]/.test(source)) return false;
  const plain = source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  const repeats = plain.match(/[*+]|\{\d+,\d*\}|\{\d{2,}\}/g)?.length ?? 0;
  if (repeats === 0) return true;
  const isOfGroup = /\)(?:[*+]|\{\d+(?:,\d*)?\})/.test(plain);
  return repeats === 1 && !isOfGroup && plain.startsWith('^') && !plain.includes('|');
}

/**
 * The expression of a pattern; undefined for one that JavaScript does not know, such as `(?i)^a`. Many patterns have
 * escapes that are errors in a Unicode expression, such as the `\\-` of `^\\d+\\-\\d+$`, and are read as one without.
 */
export function expressionOf(source: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(source, flags);
    } catch {
      // The next one, if there is one.
    }
  }
  return undefined;
}

const known = new Map<string, boolean>();
const slow = new Set<string>();

/** Whether a text matches a pattern of a document. Not if the pattern is invalid, or takes too long. */
export function matchesPattern(pattern: string, text: string): boolean {
  const expression = expressionOf(pattern);
  if (!expression) return false;
  // Not `test`, which the linter is given a bounded form of.
  const isMatch = () => expression.exec(text) !== null;
  if (isLinear(pattern)) return isMatch();
  const key = JSON.stringify([pattern, text]);
  let result = known.get(key);
  if (result === undefined) {
    if (slow.has(pattern) || slow.size >= mostSlow) return false;
    result = withinTime(isMatch, budget);
    if (result === undefined) slow.add(pattern);
    if (known.size >= capacity) known.clear();
    known.set(key, result ?? false);
  }
  return result ?? false;
}
