import { jsonOf, type Operation } from '../api/api.ts';
import { type Schema, shapeOf } from '../api/schema.ts';
import { isObject } from '../lib/is-object.ts';
import { contentOf } from '../prism/body-content.ts';
import type { PrismRequest } from '../prism/request.ts';

/**
 * A request without the read-only properties of its body, which programs send back as they got them.
 *
 * @param id the property that names the item, which is kept
 */
export function ignoreReadOnly(
  operation: Operation,
  request: PrismRequest,
  id: string | undefined,
): PrismRequest {
  const { body, form, headers } = request;
  const { 'content-type': type } = headers;
  const contents = operation.request?.body?.contents;
  const content = (type === undefined ? undefined : contentOf(operation, type)) ?? jsonOf(contents);
  const schema = content?.schema as Schema | undefined;
  if (!schema) return request;
  const sent = (value: unknown) => {
    const left = withoutReadOnly(value, schema, operation);
    if (id === undefined || !isObject(value) || !Object.hasOwn(value, id)) return left;
    return { ...(left as object), [id]: value[id] };
  };
  if (form) return { ...request, form: { ...form, fields: sent(form.fields) } };
  return typeof body === 'object' ? { ...request, body: sent(body) } : request;
}

function withoutReadOnly(value: unknown, schema: Schema | boolean, root: object): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { alternatives } = shapeOf(schema, root);
  if (Array.isArray(value)) {
    const { items } = alternatives.find((one) => one.items) ?? {};
    if (typeof items !== 'object' || Array.isArray(items)) return value;
    return value.map((one) => withoutReadOnly(one, items, root));
  }
  const objects = alternatives.filter((one) => one.properties);
  const [only] = objects;
  // Of a union, one part may allow what another one has as read-only.
  if (!only || objects.length > 1) return value;
  const { properties = {} } = only;
  const entries = Object.entries(value).flatMap(([name, part]): [string, unknown][] => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (typeof property !== 'object') return [[name, part]];
    if (property.readOnly === true || readsOnly(property, root)) return [];
    return [[name, withoutReadOnly(part, property, root)]];
  });
  return Object.fromEntries(entries);
}

/** Whether a schema that a property refers to is read-only. */
function readsOnly(schema: Schema, root: object): boolean {
  const { alternatives } = shapeOf(schema, root);
  return alternatives.length > 0 && alternatives.every(({ readOnly }) => readOnly === true);
}
