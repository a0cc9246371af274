import type { Operation } from '../api/api.ts';
import { type Schema, shapeOf } from '../api/schema.ts';
import { type Field, gather, isNested, JSONPart, type Pair } from '../lib/bracketed.ts';
import { tryJSON } from '../lib/json.ts';
import { contentOf } from '../prism/body-content.ts';
import type { Form, PrismRequest } from '../prism/request.ts';

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
  if (!content) return undefined;
  const schema = (content.schema ?? {}) as Schema;
  const read = await pairsOf(body, type, (name) => takesJSON(schema, name, operation));
  if (!read) return undefined;
  const fields = gather(read.pairs);
  for (const { property, style = 'form', explode } of content.encodings ?? []) {
    const field = Object.hasOwn(fields, property) ? fields[property] : undefined;
    const separator = separators[style];
    if (explode === false && separator !== undefined && typeof field === 'string')
      fields[property] = field.split(separator);
  }
  return { fields: typed(schema, fields, operation), files: read.files };
}

/** The body that the state and handlers see: of a form, its fields without files, whose content no item has. */
export function bodyOf({ body, form }: PrismRequest): unknown {
  if (!form) return body;
  const entries = Object.entries(form.fields as object);
  return Object.fromEntries(entries.filter(([name]) => !form.files.includes(name)));
}

interface Pairs {
  pairs: Pair[];
  /** The names of the fields that are files. */
  files: string[];
}

/** @param isValue whether a JSON part of this name is a value, and no file */
async function pairsOf(
  body: string,
  type: string,
  isValue: (name: string) => boolean,
): Promise<Pairs | undefined> {
  if (/^\s*application\/x-www-form-urlencoded\b/i.test(type))
    return { pairs: [...new URLSearchParams(body)], files: [] };
  if (!/^\s*multipart\/form-data\b/i.test(type)) return undefined;
  const response = new Response(body, { headers: { 'content-type': type } });
  const form = await response.formData().catch(() => undefined);
  // The validators say what is wrong with it.
  if (!form) return undefined;
  const files: string[] = [];
  const pairs: Pair[] = [];
  for (const [name, value] of form) {
    if (typeof value === 'string') {
      pairs.push([name, value]);
      continue;
    }
    // `FormData` gives every Blob the name of a file, also one that is a value.
    const parsed = isJSON(value.type) && isValue(name) ? tryJSON(await value.text()) : undefined;
    if (parsed === undefined) files.push(name);
    pairs.push([name, parsed === undefined ? value.name : new JSONPart(parsed)]);
  }
  return { pairs, files };
}

function isJSON(type: string): boolean {
  return /^[\w.-]+\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type);
}

/** Whether a field may be an object or an array of values: then its JSON is a value, and no file. */
function takesJSON(schema: Schema, field: string, root: object): boolean {
  const name = field.replace(/\[\]$/, '');
  return shapeOf(schema, root).alternatives.some(({ properties = {}, additionalProperties }) => {
    const own = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    return shapeOf(own, root).alternatives.some((one) => {
      const types = typesOf(one);
      if (!types.includes('array')) return types.includes('object');
      const items = Array.isArray(one.items) ? true : one.items;
      return shapeOf(items, root).alternatives.some(isNoFile);
    });
  });
}

function isNoFile(schema: Schema): boolean {
  const isFile = schema.format === 'binary' || 'contentMediaType' in schema;
  return typesOf(schema).length > 0 && !isFile;
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
  const types = typesOf(schema);
  const is = (...names: string[]) => names.some((name) => types.includes(name));
  if (is('array')) {
    if (field instanceof JSONPart && Array.isArray(field.value)) return field.value;
    const items = Array.isArray(schema.items) ? true : schema.items;
    return elementsOf(field).map((element) => typed(items, element, root));
  }
  if (field instanceof JSONPart) return field.value;
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
  return isNested(field) ? Object.values(field) : [field];
}

function typesOf({ type, properties }: Schema): string[] {
  return [type ?? (properties ? 'object' : [])].flat();
}

/** A part of a form with files may be JSON. */
function objectIn(text: string): unknown {
  const value = tryJSON(text);
  return typeof value === 'object' && value !== null ? value : undefined;
}
