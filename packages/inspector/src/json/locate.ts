/** Positions in a JSON text. */
export interface Located {
  /** From the pointer of a value (`/projects/0/name`) to the offset of its key, or of the value in an array. */
  offsets: ReadonlyMap<string, number>;
  /** The syntax error in the text, and its position. */
  error: { message: string; offset: number } | undefined;
}

const literals = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON's strings have none
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const space = /[ \t\r\n]*/y;

/** Finds every value of a JSON text, so that a problem with one can be shown in its line. */
export function locate(text: string): Located {
  const offsets = new Map<string, number>();
  let at = 0;

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text)?.[0];
    at += match?.length ?? 0;
    return match;
  };
  const skip = () => void take(space);
  const fail = (expected: string): never => {
    const found = at >= text.length ? 'the end of the text' : JSON.stringify(text[at]);
    throw new JSONProblem(`Expected ${expected}, but found ${found}.`, at);
  };
  const expectChar = (char: string, expected = JSON.stringify(char)) => {
    if (text[at] !== char) fail(expected);
    at += 1;
  };

  const value = (pointer: string): void => {
    skip();
    if (!offsets.has(pointer)) offsets.set(pointer, at);
    if (text[at] === '{') members(pointer);
    else if (text[at] === '[') elements(pointer);
    else if (take(string) === undefined && take(literals) === undefined) {
      fail(text[at] === '"' ? 'the string to end in its line' : 'a value');
    }
    skip();
  };
  const members = (pointer: string): void => {
    at += 1;
    skip();
    if (text[at] === '}') {
      at += 1;
      return;
    }
    for (;;) {
      skip();
      const start = at;
      const key = take(string) ?? fail('a name in double quotes');
      const child = `${pointer}/${escapePointer(JSON.parse(key) as string)}`;
      offsets.set(child, start);
      skip();
      expectChar(':');
      value(child);
      if (text[at] !== ',') break;
      at += 1;
    }
    expectChar('}', 'a comma or "}"');
  };
  const elements = (pointer: string): void => {
    at += 1;
    skip();
    if (text[at] === ']') {
      at += 1;
      return;
    }
    for (let index = 0; ; index += 1) {
      value(`${pointer}/${index}`);
      if (text[at] !== ',') break;
      at += 1;
    }
    expectChar(']', 'a comma or "]"');
  };

  try {
    value('');
    if (at < text.length) fail('the end of the text');
    return { offsets, error: undefined };
  } catch (problem) {
    if (problem instanceof JSONProblem) return { offsets, error: problem };
    // So deep that the stack ends: more than anybody edits by hand.
    return { offsets, error: { message: 'The text is nested too deeply.', offset: at } };
  }
}

class JSONProblem extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** The line of an offset, from 0. */
export function lineOf(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1))
    line += 1;
  return line;
}

/**
 * The line of what a path names: a JSON pointer, or names with dots. Where the text does not have it (a property that is
 * missing), the line of the nearest thing that it has.
 */
export function lineOfPath(text: string, { offsets }: Located, path: string): number {
  const segments = path.startsWith('/')
    ? path.slice(1).split('/')
    : path
        .replaceAll(/\[(\d+)\]/g, '.$1')
        .split('.')
        .map(escapePointer);
  for (let length = segments.length; length > 0; length -= 1) {
    const offset = offsets.get(`/${segments.slice(0, length).join('/')}`);
    if (offset !== undefined) return lineOf(text, offset);
  }
  return lineOf(text, offsets.get('') ?? 0);
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
