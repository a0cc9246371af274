/** What a form or a query says under a name: a text, several of them, or what stands in brackets: `address[city]`. */
export type Field = string | JSONPart | Field[] | { [name: string]: Field };

/** A part of a form whose type is JSON, and whose schema is not that of a file. */
export class JSONPart {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

export type Pair = [name: string, value: string | JSONPart];

/** How deep the brackets of a name go; deeper ones are part of the name. */
const maxDepth = 10;

/** `a[b]=1&a[c]=2&d=3&d=4&e[]=5` is `{ a: { b: '1', c: '2' }, d: ['3', '4'], e: ['5'] }`. */
export function gather(pairs: readonly Pair[]): { [name: string]: Field } {
  const form: { [name: string]: Field } = {};
  for (const [name, value] of pairs) {
    const [, first = name, brackets = ''] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
    const inner = [...brackets.matchAll(/\[([^\]]*)\]/g)].map(([, part = '']) => part);
    put(form, inner.length < maxDepth ? [first, ...inner] : [name], value);
  }
  return form;
}

function put(form: { [name: string]: Field }, path: readonly string[], value: Pair[1]): void {
  const [name = '', ...rest] = path;
  // What would change the object itself.
  if (name === '__proto__') return;
  const known = Object.hasOwn(form, name) ? form[name] : undefined;
  if (rest.length === 0) {
    form[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value];
  } else if (rest.length === 1 && rest[0] === '') {
    form[name] = [...(Array.isArray(known) ? known : []), value];
  } else {
    const inner = isNested(known) ? known : {};
    form[name] = inner;
    put(inner, rest, value);
  }
}

export function isNested(field: Field | undefined): field is { [name: string]: Field } {
  return typeof field === 'object' && !Array.isArray(field) && !(field instanceof JSONPart);
}
