import { isRecord, type Json, list, record } from '../document/json.ts';
import { wordKeywords } from '../document/words.ts';

/** A direction sees only some of these. Components stay: something other than a property may refer to them. */
const propertyMaps = new Set(['properties', 'patternProperties']);

/** Keywords whose values are maps of names. */
const maps = new Set([
  ...[...propertyMaps, '$defs', 'definitions', 'dependentSchemas'],
  ...['paths', 'responses', 'headers', 'content', 'schemas', 'parameters', 'requestBodies'],
]);

/**
 * A schema as one direction sees it: without properties that are never sent in it. Words go, and what types do not say
 * or say of their own accord: a discriminator allows the same values, but narrows the types of the members. References
 * lead to components alone: others are put inline, and those that lead nowhere allow anything.
 *
 * @param find Returns the target of a reference.
 */
export function viewOf(
  node: unknown,
  hidden: (node: unknown) => boolean,
  find: (reference: string) => unknown,
): unknown {
  const open = new Set<string>();
  const see = (value: unknown, map?: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => see(item));
    if (!isRecord(value)) return value;
    const reference = map === undefined ? value['$ref'] : undefined;
    if (typeof reference === 'string') {
      const target = find(reference);
      if (target === undefined || open.has(reference)) return {};
      if (!reference.startsWith('#/components/') || /\/(\$defs|definitions)\//.test(reference)) {
        open.add(reference);
        const seen = see(target);
        open.delete(reference);
        return seen;
      }
    }
    const result: Json = {};
    for (const [name, inner] of Object.entries(value)) {
      if (map === undefined && (isLeftOut(name) || name.startsWith('x-'))) continue;
      if (map !== undefined && propertyMaps.has(map) && hidden(inner)) continue;
      result[name] = see(inner, map === undefined && maps.has(name) ? name : undefined);
    }
    if (map === undefined) adjust(value, result, hidden);
    return result;
  };
  return see(node);
}

function adjust(node: Json, result: Json, hidden: (node: unknown) => boolean): void {
  const { properties } = node;
  // The constant null has no type of its own in TypeScript.
  if (node['const'] === null) result['type'] = 'null';
  // TypeScript ignores members beside a type: if all of them have a type or values, the type adds nothing.
  const members = [node['anyOf'], node['oneOf']].find(Array.isArray);
  const isTyped = (member: unknown) =>
    isRecord(member) && ['type', 'const', 'enum'].some((keyword) => keyword in member);
  if (typeof node['type'] === 'string' && node['type'] !== 'object' && members?.every(isTyped))
    delete result['type'];
  if (isRecord(properties)) {
    const names = list(node['required']).filter(
      (name) =>
        !(typeof name === 'string' && Object.hasOwn(properties, name) && hidden(properties[name])),
    );
    if (Array.isArray(node['required'])) result['required'] = names;
  }
  // TypeScript reads an object without properties as one that never has any.
  const isEmpty = Object.keys(record(result['properties'])).length === 0;
  const isAlone = !['allOf', 'anyOf', 'oneOf', '$ref', 'additionalProperties'].some(
    (key) => key in node,
  );
  const isObject = [node['type']].flat().includes('object');
  if (isObject && isEmpty && isAlone) {
    result['additionalProperties'] = true;
  }
}

function isLeftOut(keyword: string): boolean {
  return (
    keyword === 'discriminator' ||
    keyword === 'default' ||
    // Types make a property of it. What refers to it has it inline.
    keyword === '$defs' ||
    keyword === 'definitions' ||
    keyword === 'xml' ||
    // Types make a tuple of a fixed length of it, and an index of all names.
    keyword === 'prefixItems' ||
    keyword === 'patternProperties' ||
    keyword === 'deprecated' ||
    keyword === 'readOnly' ||
    keyword === 'writeOnly' ||
    wordKeywords.includes(keyword)
  );
}
