import { limits } from '../limits.ts';
import { type Pointer, parsePointer, valueAt } from '../pointer.ts';
import { nodesOf } from '../walk.ts';

/** The reason why a parsed file is not used, and its location. */
export interface Refused {
  /** Of the problem: `too-large`. */
  id: string;
  path: Pointer;
  message: string;
}

/** A file that parses, and that tools which read documents do not finish with. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
  readonly file: string;
  readonly refused: Refused;

  constructor(file: string, refused: Refused) {
    super(refused.message);
    this.file = file;
    this.refused = refused;
  }
}

/** The first reason not to use a parsed file: it is too large, or has a text or a name that tools fail on. */
export function refusedIn(parsed: unknown): Refused | undefined {
  // The size is checked first, before anything else walks expanded aliases.
  return excessOf(parsed) ?? unusableTextOf(parsed) ?? endlessReferenceIn(parsed);
}

/** A reference that leads to a reference, and so on: to itself, or through more of them than anybody writes. */
function endlessReferenceIn(parsed: unknown): Refused | undefined {
  for (const node of nodesOf(parsed)) {
    const passed = new Set<unknown>();
    let at: unknown = node.value;
    for (; passed.size <= limits.references && !passed.has(at); at = targetOf(at, parsed)) {
      if (at === undefined) break;
      passed.add(at);
    }
    if (at === undefined) continue;
    const message = passed.has(at)
      ? 'The reference leads back to itself, so it has no target.'
      : `The reference leads through more than ${limits.references} others. Refer to their target.`;
    return { id: 'unresolved-ref', message, path: [...node.path, '$ref'] };
  }
  return undefined;
}

/** What a reference to the same file refers to; undefined for everything else. */
function targetOf(node: unknown, parsed: unknown): unknown {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, '$ref')) return undefined;
  const { $ref } = node as { $ref: unknown };
  if (typeof $ref !== 'string' || !$ref.startsWith('#')) return undefined;
  return valueAt(parsed, parsePointer($ref));
}

/** Names that every JavaScript object has: a tool that looks one up finds the inherited property. */
const reserved = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Real APIs have properties that are called `constructor`, and no tool fails on those. */
function isReserved(name: string, value: unknown, parent: unknown): boolean {
  const isProperty = parent === 'properties' && !Array.isArray(value);
  return reserved.has(name) && !(isProperty && /^(constructor|toString)$/.test(name));
}

function unusableTextOf(parsed: unknown): Refused | undefined {
  for (const node of nodesOf(parsed)) {
    for (const [key, text] of Object.entries(node.value)) {
      if (isReserved(key, text, node.key)) {
        const message = `\`${key}\` cannot be a name: it has a special meaning in JavaScript. Choose another name.`;
        return { id: 'reserved-name', message, path: [...node.path, key] };
      }
      if (key === 'format' && typeof text === 'string' && reserved.has(text)) {
        const message = `\`${text}\` cannot be a format: it has a special meaning in JavaScript. Choose another format.`;
        return { id: 'reserved-name', message, path: [...node.path, key] };
      }
      if (/\p{Cs}/u.test(key) || (typeof text === 'string' && /\p{Cs}/u.test(text))) {
        const message =
          'The text has a lone surrogate (half of a character), which cannot be encoded. Correct the escape.';
        return { id: 'invalid-text', message, path: [...node.path, key] };
      }
    }
  }
  return undefined;
}

/** A text of this length counts as one more value: an alias repeats it as well. */
const charactersPerValue = 100;

/**
 * Looks for aliases that multiply (`&a [*b, *b]`) or contain themselves, and for nesting that no reader gets out of.
 * Takes time in proportion to the text, since each object is counted once.
 */
function excessOf(parsed: unknown): Refused | undefined {
  const id = 'too-large';
  const sizes = new Map<object, number>();
  const open = new Set<object>();
  const texts = new Set<string>();
  let count = 0;

  function visit(node: unknown, path: (string | number)[]): Refused | number {
    if (typeof node !== 'object' || node === null) {
      if (typeof node !== 'string' || node.length < charactersPerValue) {
        count += 1;
        return 1;
      }
      const size = node.length / charactersPerValue;
      count += texts.has(node) ? 1 : size;
      texts.add(node);
      return size;
    }
    const known = sizes.get(node);
    if (known !== undefined) return known;
    if (open.has(node)) {
      const message = 'A YAML alias contains itself. Use a `$ref` instead.';
      return { id, path: [...path], message };
    }
    if (path.length > limits.depth) {
      const message = `Objects and arrays are nested more than ${limits.depth} levels deep. Move inner schemas into the components.`;
      return { id, path: [...path], message };
    }
    open.add(node);
    let size = 1;
    for (const [key, value] of Object.entries(node)) {
      path.push(key);
      const inner = visit(value, path);
      if (typeof inner !== 'number') return inner;
      path.pop();
      size += inner;
    }
    open.delete(node);
    if (size > limits.values && size > limits.growth * count) {
      const message = `YAML aliases expand this to more than ${limits.values.toLocaleString('en')} values. Use \`$ref\`s instead.`;
      return { id, path: [...path], message };
    }
    sizes.set(node, size);
    count += 1;
    return size;
  }

  const result = visit(parsed, []);
  return typeof result === 'number' ? undefined : result;
}
