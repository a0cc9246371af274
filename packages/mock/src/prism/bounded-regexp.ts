/** Milliseconds that the patterns of one check may take altogether: much more than a busy machine needs for good ones. */
const budget = 500;

interface Script {
  runInContext(context: object, options: { timeout: number }): boolean;
}
interface VM {
  createContext(globals: object): object;
  Script: new (code: string) => Script;
}

/** `node:vm`; undefined in browsers. */
const vm = globalThis.process?.getBuiltinModule?.('node:vm') as VM | undefined;
let script: Script | undefined;
let globals: { check: (() => boolean) | undefined } | undefined;

/** How many patterns were compiled that may take long. */
let found = 0;
/** The pattern that is being tried. */
let current = '';

/** A regular expression for Ajv that is known to {@link mayTakeLong} and {@link inTime}. */
export function boundedRegExp(source: string, flags: string): { test(text: string): boolean } {
  const pattern = new RegExp(source, flags);
  if (isLinear(source)) return pattern;
  found += 1;
  // Ajv tells patterns apart by their text.
  return Object.assign(Object.create(null) as object, {
    toString: () => String(pattern),
    test(text: string) {
      current = source;
      return pattern.test(text);
    },
  });
}

/** Runs what compiles a schema, and says whether a pattern in it may take long. */
export function mayTakeLong(compile: () => void): boolean {
  const before = found;
  compile();
  return vm !== undefined && found > before;
}

/**
 * Runs a check whose patterns may backtrack for minutes, such as `^([a-z]+-?)+$`, and interrupts it after half a
 * second.
 *
 * @returns the pattern at which it was interrupted, or undefined
 */
export function inTime(check: () => boolean): string | undefined {
  if (!vm) {
    check();
    return undefined;
  }
  script ??= new vm.Script('check()');
  globals ??= vm.createContext({ check }) as NonNullable<typeof globals>;
  globals.check = check;
  try {
    script.runInContext(globals, { timeout: budget });
    return undefined;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return current;
    throw error;
  } finally {
    globals.check = undefined;
  }
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
