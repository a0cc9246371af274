import { objectsOf, propertyAt, type Schema, unionOf } from '../api/schema.ts';
import { isObject } from '../lib/is-object.ts';
import { isSameObject } from './same-schema.ts';
import type { Item } from './store.ts';

/** The property of an answer that holds the item, such as `droplet`; undefined where the answer is the item itself. */
export function wrapperOf(
  answer: Schema,
  item: Schema,
  idProperty: string | undefined,
): string | undefined {
  const properties = propertiesOf(answer);
  if (idProperty === undefined || propertyAt(answer, idProperty) !== undefined) return undefined;
  const holders = Object.keys(properties).filter(
    (name) => propertyAt(properties[name], idProperty) !== undefined,
  );
  const same = holders.find((name) => isSameObject(properties[name], item));
  return same ?? (holders.length === 1 ? holders[0] : undefined);
}

/** What a request's body says about an item. */
export interface Input {
  /** The schema of the part that is about the item. */
  schema: Schema | undefined;
  /**
   * The part of a body that is about the item.
   *
   * @param item what is to be changed, where a body changes the properties alone that it has
   */
  read(body: unknown, item?: Item): unknown;
}

/**
 * Finds the item in bodies: the body itself, or its one property that has what items have. A body that has what one
 * property of the item has is that property: `{ "title": "a" }` is `{ "_source": { "title": "a" } }`. Not so that of an
 * action: the `amount` of a refund is not that of the payment's `total`.
 */
export function inputOf(
  body: Schema | undefined,
  item: Schema,
  { isAction = false }: { isAction?: boolean } = {},
): Input {
  const [ours, theirs] = [propertiesOf(item), propertiesOf(body)];
  const sharesNames = (a: Properties, b: Properties) =>
    Object.keys(a).some((name) => Object.hasOwn(b, name));
  const holdersIn = (outer: Properties, inner: Properties) =>
    Object.keys(outer).filter((name) => sharesNames(propertiesOf(outer[name]), inner));
  const isPart = (name: string) => {
    const part = propertiesOf(ours[name]);
    return Object.keys(theirs).every((one) => Object.hasOwn(part, one));
  };
  const [holder, ...holders] = holdersIn(theirs, ours);
  const isItem = sharesNames(ours, theirs);
  if (!isItem && holder !== undefined && holders.length === 0)
    return {
      schema: asObject(theirs[holder]),
      read: (given) => (given as Record<string, unknown> | null | undefined)?.[holder],
    };
  const [part, ...parts] = isItem || isAction ? [] : holdersIn(ours, theirs).filter(isPart);
  const isFree = Object.keys(theirs).length === 0;
  if (part === undefined || parts.length > 0 || !body)
    return { schema: body, read: (given) => (isFree ? unwrapped(given, ours) : given) };
  return {
    schema: { type: 'object', properties: { [part]: body } },
    read: (given, changed) =>
      isObject(given)
        ? { [part]: { ...(changed?.[part] as object | undefined), ...given } }
        : given,
  };
}

/** The item in a body of which the document says nothing: `{ "user": { … } }`, or the body itself. */
function unwrapped(given: unknown, ours: Properties): unknown {
  const [[, inner] = [], ...others] = isObject(given) ? Object.entries(given) : [];
  const isOurs = (value: object) => Object.keys(value).some((name) => Object.hasOwn(ours, name));
  return isObject(given) &&
    others.length === 0 &&
    !isOurs(given) &&
    isObject(inner) &&
    isOurs(inner)
    ? inner
    : given;
}

/** The schema of an object as it is, or as all of what it may be. */
function asObject(schema: Schema | boolean | undefined): Schema | undefined {
  const [only, ...others] = objectsOf(schema);
  return others.length > 0 && typeof schema === 'object' ? schema : only;
}

type Properties = Record<string, Schema | boolean>;

function propertiesOf(schema: Schema | boolean | undefined): Properties {
  return unionOf(schema)?.properties ?? {};
}
