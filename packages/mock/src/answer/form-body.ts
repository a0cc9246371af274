import type { Operation } from '../api/api.ts';
import { type Schema, shapeOf } from '../api/schema.ts';
import { contentOf } from '../prism/body-content.ts';
import type { Form, PrismRequest } from '../prism/request.ts';

/** What a form says under a name: a text, several of them, or what stands in brackets: `address[city]`. */
type Field = string | Field[] | { [name: string]: Field };

/** How deep the brackets of a name go; deeper ones are part of the name. */
const maxDepth = 10;

/** The separators of arrays that stand in one field, by the style of its encoding. */
const separators: Record<string, string> = { form: ',', spaceDelimited: ' ', pipeDelimited: '|' };

/**
 * The fields of a form, with the types that the schema gives to each; undefined if the body is not a form, or cannot be
 * read as one. A file is its name.
 */
export async function readForm(
  operation: Operation,
  request: PrismRequest,
): Promise<Form | undefined> {
  const { body, headers } = request;
  const type = headers['content-type'];
  if (typeof body !== 'string' || type === undefined) return undefined;
  const content = contentOf(operation, type);
  const read = content && (await pairsOf(body, type));
  if (!read) return undefined;
  const fields = gather(read.pairs);
  for (const { property, style = 'form', explode } of content.encodings ?? []) {
    const field = Object.hasOwn(fields, property) ? fields[property] : undefined;
    const separator = separators[style];
    if (explode === false && separator !== undefined && typeof field === 'string')
      fields[property] = field.split(separator);
  }
  const schema = (content.schema ?? {}) as Schema;
  return { fields: typed(schema, fields, operation), files: read.files };
}

/** The body that the state and handlers see: of a form, its fields without files, whose content no item has. */
export function bodyOf({ body, form }: PrismRequest): unknown {
  if (!form) return body;
  const entries = Object.entries(form.fields as object);
  return Object.fromEntries(entries.filter(([name]) => !form.files.includes(name)));
}

interface Pairs {
  pairs: [name: string, value: string][];
  /** The names of the fields that are files. */
  files: string[];
}

async function pairsOf(body: string, type: string): Promise<Pairs | undefined> {
  if (/^\s*application\/x-www-form-urlencoded\b/i.test(type))
    return { pairs: [...new URLSearchParams(body)], files: [] };
  if (!/^\s*multipart\/form-data\b/i.test(type)) return undefined;
  const response = new Response(body, { headers: { 'content-type': type } });
  const form = await response.formData().catch(() => undefined);
  // The validators say what is wrong with it.
  if (!form) return undefined;
  const parts = [...form];
  return {
    pairs: parts.map(([name, value]) => [name, typeof value === 'string' ? value : value.name]),
    files: parts.flatMap(([name, value]) => (typeof value === 'string' ? [] : [name])),
  };
}

/** `a[b]=1&a[c]=2&d=3&d=4&e[]=5` is `{ a: { b: '1', c: '2' }, d: ['3', '4'], e: ['5'] }`. */
function gather(pairs: readonly [string, string][]): { [name: string]: Field } {
  const form: { [name: string]: Field } = {};
  for (const [name, value] of pairs) {
    const [, first = name, brackets = ''] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
    const inner = [...brackets.matchAll(/\[([^\]]*)\]/g)].map(([, part = '']) => part);
    put(form, inner.length < maxDepth ? [first, ...inner] : [name], value);
  }
  return form;
}

function put(form: { [name: string]: Field }, path: readonly string[], value: string): void {
  const [name = '', ...rest] = path;
  // What would change the object itself.
  if (name === '__proto__') return;
  const known = Object.hasOwn(form, name) ? form[name] : undefined;
  if (rest.length === 0) {
    form[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value];
  } else if (rest.length === 1 && rest[0] === '') {
    form[name] = [...(Array.isArray(known) ? known : []), value];
  } else {
    const inner = typeof known === 'object' && !Array.isArray(known) ? known : {};
    form[name] = inner;
    put(inner, rest, value);
  }
}

/** A field with the types of its schema. What has none of them stays a text. */
function typed(schema: Schema | boolean | undefined, field: Field, root: object): unknown {
  const { alternatives } = shapeOf(schema, root);
  for (const one of alternatives) {
    const value = typedAs(one, field, root);
    if (value !== undefined) return value;
  }
  return field;
}

/** A field as a value of one schema; undefined if it cannot be one. */
function typedAs(schema: Schema, field: Field, root: object): unknown {
  const types = [schema.type ?? (schema.properties ? 'object' : [])].flat();
  const is = (...names: string[]) => names.some((name) => types.includes(name));
  if (is('array')) {
    const items = Array.isArray(schema.items) ? true : schema.items;
    return elementsOf(field).map((element) => typed(items, element, root));
  }
  if (typeof field === 'string') {
    if (is('integer', 'number') && field.trim() !== '' && Number.isFinite(Number(field)))
      return Number(field);
    if (is('boolean') && /^(?:true|false)$/.test(field)) return field === 'true';
    if (is('object')) return objectIn(field);
    return types.length === 0 || is('string') ? field : undefined;
  }
  if (Array.isArray(field) || (types.length > 0 && !is('object'))) return undefined;
  const { properties = {}, additionalProperties } = schema;
  return Object.fromEntries(
    Object.entries(field).map(([name, value]) => [
      name,
      typed(Object.hasOwn(properties, name) ? properties[name] : additionalProperties, value, root),
    ]),
  );
}

/** The elements of an array: repeated fields, or those of `a[0]`, `a[1]`. */
function elementsOf(field: Field): Field[] {
  if (Array.isArray(field)) return field;
  return typeof field === 'object' ? Object.values(field) : [field];
}

/** A part of a form with files may be JSON. */
function objectIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
