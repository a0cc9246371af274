import { objectOf, propertyOf, type Schema, shapeOf } from '../api/schema.ts';
import { isObject } from '../lib/is-object.ts';
import { type ErrorDetails, messageNames, messageOf } from './error-body.ts';

type Body = Record<string, unknown>;

/** Where documents have the parameter at fault in one of several errors. */
const placeNames = /^(?:field|location|param|parameter|property|path|pointer|name|attribute|key)$/i;

/**
 * A generated error without what is only made up: what is wrong with a field stands in the lists and maps that the
 * schema has for that, and optional properties that say nothing are left out.
 *
 * @param said the generated body with what is known of the error
 * @param made the generated body
 */
export function compactError(
  said: unknown,
  made: unknown,
  schema: Schema | boolean | undefined,
  details: ErrorDetails,
  root: object,
): unknown {
  if (!isObject(said) || !isObject(made)) return said;
  const object = objectOf(schema) ?? {};
  const isSaid = messageOf(said) === details.message;
  const body: Body = {};
  for (const [name, value] of Object.entries(said)) {
    const property = propertyOf(object, name);
    const isRequired = object.required?.includes(name) === true;
    const compact = (one: unknown, before: unknown, of: Schema | boolean | undefined) =>
      compactError(one, before, of, details, root);
    const { items } = shapeOf(property, root).alternatives.find((one) => one.items) ?? {};
    const itemSchema = Array.isArray(items) ? items[0] : items;
    const before = made[name];
    if (value !== before) {
      const isList = Array.isArray(value) && Array.isArray(before);
      body[name] = isList
        ? value.map((one, i) => compact(one, before[i], itemSchema))
        : compact(value, before, property);
    } else if (isStated(property, root)) {
      body[name] = value;
    } else if (Array.isArray(value)) {
      const [first] = value;
      const own = isObject(first)
        ? details.param && [compact(sayAt(first, details), first, itemSchema)]
        : typeof first === 'string' && !isSaid && [details.message];
      if (own || isRequired) body[name] = own || [];
    } else if (isMap(property, root) && isObject(value)) {
      const own = mapOf(value, details, isSaid);
      if (own || isRequired) body[name] = own ?? {};
    } else if (isRequired) {
      body[name] = value;
    }
  }
  return body;
}

/** Whether the document itself says what a property is. */
function isStated(property: Schema | boolean | undefined, root: object): boolean {
  return shapeOf(property, root).alternatives.some(
    ({ const: only, default: usual, example, examples, enum: values }) =>
      values?.length === 1 ||
      [only, usual, example, examples?.[0]].some((one) => one !== undefined && one !== null),
  );
}

/** Whether an object has names of its own: `{ "email": ["is taken"] }`. */
function isMap(property: Schema | boolean | undefined, root: object): boolean {
  return shapeOf(property, root).alternatives.some(
    ({ properties, additionalProperties }) => !properties && additionalProperties !== undefined,
  );
}

function sayAt(first: Body, { message, param }: ErrorDetails): Body {
  const said = { ...first };
  const isText = (name: string) => typeof said[name] === 'string';
  const sentence = messageNames.find(isText);
  const place = Object.keys(said).find((name) => isText(name) && placeNames.test(name));
  if (sentence !== undefined) said[sentence] = message;
  if (place !== undefined) said[place] = param;
  return said;
}

function mapOf(made: Body, { message, param }: ErrorDetails, isSaid: boolean): Body | undefined {
  if (isSaid && !param) return undefined;
  const [value] = Object.values(made);
  // As Rails names what is about no field.
  return { [param ?? 'base']: Array.isArray(value) ? [message] : message };
}
