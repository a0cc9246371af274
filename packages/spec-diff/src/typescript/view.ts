import type { Direction } from '../change/change.ts';
import { isRecord, type Json, list } from '../document/json.ts';
import { wordKeywords } from '../rules/words.ts';

/** A direction sees only some of these. Components stay: something other than a property may refer to them. */
const propertyMaps = new Set(['properties', 'patternProperties']);

/** Keywords under which names stand, and not keywords. */
const maps = new Set([
  ...[...propertyMaps, '$defs', 'definitions', 'dependentSchemas'],
  ...['paths', 'responses', 'headers', 'content', 'schemas', 'parameters', 'requestBodies'],
]);

/**
 * A schema as one direction sees it: without properties that are never sent in it. Words go, and what types do not say
 * or say of their own accord: a discriminator allows the same values, but narrows the types of the members.
 */
export function viewOf(
  node: unknown,
  direction: Direction,
  hidden: (node: unknown) => boolean,
): unknown {
  const see = (value: unknown, map?: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => see(item));
    if (!isRecord(value)) return value;
    const result: Json = {};
    for (const [name, inner] of Object.entries(value)) {
      if (map === undefined && (isLeftOut(name) || name.startsWith('x-'))) continue;
      if (map !== undefined && propertyMaps.has(map) && hidden(inner)) continue;
      result[name] = see(inner, map === undefined && maps.has(name) ? name : undefined);
    }
    if (map === undefined) adjust(value, result, direction, hidden);
    return result;
  };
  return see(node);
}

function adjust(
  node: Json,
  result: Json,
  direction: Direction,
  hidden: (node: unknown) => boolean,
): void {
  const { properties } = node;
  if (isRecord(properties)) {
    const names = list(node['required']).filter(
      (name) =>
        !(typeof name === 'string' && Object.hasOwn(properties, name) && hidden(properties[name])),
    );
    if (Array.isArray(node['required'])) result['required'] = names;
  }
  // Types take an object without properties for one that never has any.
  const isEmpty = !isRecord(properties) || Object.keys(properties).length === 0;
  const isAlone = !['allOf', 'anyOf', 'oneOf', '$ref', 'additionalProperties'].some(
    (key) => key in node,
  );
  const isObject = [node['type']].flat().includes('object');
  if (direction === 'response' && isObject && isEmpty && isAlone) {
    result['additionalProperties'] = true;
  }
}

function isLeftOut(keyword: string): boolean {
  return (
    keyword === 'discriminator' ||
    keyword === 'default' ||
    keyword === 'xml' ||
    keyword === 'deprecated' ||
    keyword === 'readOnly' ||
    keyword === 'writeOnly' ||
    wordKeywords.includes(keyword)
  );
}
