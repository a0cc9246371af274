import { objectOf, propertyAt, type Schema } from '../api/schema.ts';
import { isSameObject } from './same-schema.ts';

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
  /** The part of a body that is about the item. */
  read(body: unknown): unknown;
}

/** Finds the item in bodies: the body itself, or its one property that has what items have. */
export function inputOf(body: Schema | undefined, item: Schema): Input {
  const [ours, theirs] = [propertiesOf(item), propertiesOf(body)];
  const isAbout = (names: string[]) => names.some((name) => Object.hasOwn(ours, name));
  const names = Object.keys(theirs);
  const holders = names.filter((name) => isAbout(Object.keys(propertiesOf(theirs[name]))));
  const [holder] = holders;
  if (isAbout(names) || holder === undefined || holders.length > 1)
    return { schema: body, read: (given) => given };
  return {
    schema: objectOf(theirs[holder]),
    read: (given) => (given as Record<string, unknown> | null | undefined)?.[holder],
  };
}

function propertiesOf(schema: Schema | boolean | undefined): Record<string, Schema | boolean> {
  return objectOf(schema)?.properties ?? {};
}
