/** How deep a body may be nested. What walks it calls itself: much deeper ones would exceed the stack. */
const deepest = 100;

/**
 * Parses JSON that somebody sent.
 *
 * @throws {SyntaxError} if it is not JSON, or nested too deeply. The message ends a sentence that begins with "The body"
 */
export function parseJSON(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`is not valid JSON: ${(error as Error).message}`);
  }
  if (isDeeper(value, deepest)) throw new SyntaxError(`is nested deeper than ${deepest} levels`);
  return value;
}

/** The value of JSON; undefined where the text is none, or is nested too deeply. */
export function tryJSON(text: string): unknown {
  try {
    return parseJSON(text);
  } catch {
    return undefined;
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1));
}
