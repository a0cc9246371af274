import { limits } from '../limits.ts';
import type { Pointer } from '../pointer.ts';

/** Why a parsed file is too large, and where in it. */
export interface Excess {
  path: Pointer;
  message: string;
}

/** A file that is too large when its aliases are written out. */
export class ExcessError extends Error {
  override readonly name = 'ExcessError';
  readonly file: string;
  readonly path: Pointer;

  constructor(file: string, { path, message }: Excess) {
    super(message);
    this.file = file;
    this.path = path;
  }
}

/**
 * Looks for aliases that multiply (`&a [*b, *b]`) or contain themselves, and for nesting that no reader gets out of.
 * Takes time in proportion to the text, since each object is counted once.
 */
export function excessOf(parsed: unknown): Excess | undefined {
  const sizes = new Map<object, number>();
  const open = new Set<object>();

  let count = 0;

  function visit(node: unknown, path: (string | number)[]): Excess | number {
    if (typeof node !== 'object' || node === null) {
      count += 1;
      return 1;
    }
    const known = sizes.get(node);
    if (known !== undefined) return known;
    if (open.has(node)) {
      return { path: [...path], message: 'A YAML alias contains itself. Use a `$ref` instead.' };
    }
    if (path.length > limits.depth) {
      const message = `Objects and arrays are nested more than ${limits.depth} levels deep. Move inner schemas into the components.`;
      return { path: [...path], message };
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
      const message = `YAML aliases make more than ${limits.values.toLocaleString('en')} values of this. Use \`$ref\`s instead.`;
      return { path: [...path], message };
    }
    sizes.set(node, size);
    count += 1;
    return size;
  }

  const result = visit(parsed, []);
  return typeof result === 'number' ? undefined : result;
}
