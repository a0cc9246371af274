/** How wide a line may be before a literal is broken. */
const width = 80;

/** Code in the place of a value, such as the name of a variable. */
export class Code {
  readonly code: string;

  constructor(code: string) {
    this.code = code;
  }
}

/** A value as a JavaScript literal, as a person would write it: `{ limit: 2 }`. */
export function literal(value: unknown, indent = ''): string {
  const line = oneLine(value);
  if (value instanceof Code) return line;
  if (typeof value !== 'object' || value === null || indent.length + line.length <= width)
    return line;
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((one) => literal(one, inner))
    : Object.entries(value).map(([name, one]) => `${key(name)}: ${literal(one, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent}${close}`;
}

function oneLine(value: unknown): string {
  if (value instanceof Code) return value.code;
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).map(([name, one]) => `${key(name)}: ${oneLine(one)}`);
    return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
  }
  return String(value);
}

/** `__proto__` as a plain key of a literal would set the prototype. */
function key(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : text(name);
}

/** In single quotes. JSON's escapes are JavaScript's. */
export function text(value: string): string {
  const escaped = jsonOf(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped}'`;
}

/**
 * A value as JSON that shows what it does: characters that are not visible, or turn the direction of a text, are
 * escaped.
 *
 * @see https://trojansource.codes
 */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
