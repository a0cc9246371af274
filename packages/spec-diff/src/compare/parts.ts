import { isRecord, type Json, record } from '../document/json.ts';
import { wordKeywords } from '../document/words.ts';
import type { Branch } from '../schema/branch.ts';
import type { Context } from './context.ts';

/** The schemas of a body. Of files in a multipart form, 3.0 says `format: binary`, and 3.1 nothing. */
export function schemasOf(
  context: Context,
  before: unknown,
  after: unknown,
  name: string,
): [unknown[], unknown[]] {
  const { before: oldSpec, after: newSpec } = context.specs;
  const [old, now] = [oldSpec.resolve(before), newSpec.resolve(after)];
  const isUpgrade = oldSpec.isUpgraded !== newSpec.isUpgraded && name.startsWith('multipart/');
  if (!isUpgrade || !old || !now) return [[before], [after]];
  const [parts, others] = [record(old['properties']), record(now['properties'])];
  const files = Object.keys(parts).filter((part) => isSameFile(parts[part], others[part]));
  if (files.length === 0) return [[before], [after]];
  const blank = Object.fromEntries(files.map((part) => [part, {}]));
  return [
    [{ ...old, properties: { ...parts, ...blank } }],
    [{ ...now, properties: { ...others, ...blank } }],
  ];
}

/** Whether both are one file, or both a list of files. */
function isSameFile(before: unknown, after: unknown): boolean {
  if (!isRecord(before) || !isRecord(after)) return false;
  if (before['type'] === 'array' && after['type'] === 'array')
    return isSameFile(before['items'], after['items']);
  const words = [...wordKeywords, 'contentMediaType'];
  const isEmpty = (part: Json) => Object.keys(part).every((key) => words.includes(key));
  const isBinary = (part: Json) => part['type'] === 'string' && part['format'] === 'binary';
  return (isBinary(before) && isEmpty(after)) || (isEmpty(before) && isBinary(after));
}

/** The properties of a form, its parts. */
export function propertiesIn(
  context: Context,
  side: 'before' | 'after',
  schema: unknown,
): Map<string, unknown> {
  const { nodes } = context.schemata.shapes[side].shapeOf([schema ?? true]);
  return new Map(nodes.flatMap((node) => Object.entries(record(node['properties']))));
}

/**
 * The default media types of a part. Of an array, OpenAPI 3.0.3 and 3.1.0 have the one of its items, and later versions
 * have JSON.
 */
export function defaultMediaTypes(
  context: Context,
  side: 'before' | 'after',
  schema: unknown,
): readonly string[] {
  const { branches } = context.schemata.shapes[side].shapeOf([schema]);
  const isFile = (branch: Branch) =>
    branch.nodes.some(
      (node) => node['format'] === 'binary' || node['contentMediaType'] !== undefined,
    );
  const types = new Set(
    branches.map((branch): string => {
      if (branch.type === 'object' || branch.type === 'array') return 'application/json';
      return isFile(branch) ? 'application/octet-stream' : 'text/plain';
    }),
  );
  const own = types.size === 1 ? [...types] : ['the default'];
  const items = branches.flatMap(({ type, nodes }) =>
    type === 'array' ? nodes.map((node) => node['items']) : [],
  );
  const [item] = items.filter(isRecord);
  return item ? [...own, ...defaultMediaTypes(context, side, item).slice(0, 1)] : own;
}

/** The default media type: the one that the other document states, if it is a default. */
export function defaultBeside(other: Json, defaults: readonly string[]): string | undefined {
  const [stated] = partTypes(other['contentType']);
  return defaults.find((type) => type === stated) ?? defaults[0];
}

/** The media types that a part may have. */
export function partTypes(contentType: unknown): string[] {
  return String(contentType).split(',').map(mediaTypeOf);
}

/** A media type, ignoring case and quotes. JSON is always in UTF-8, and texts and XML are without a charset. */
export function mediaTypeOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/\s*;\s*/g, '; ')
    .replaceAll(/="([\w.+-]+)"/g, '=$1')
    .replace(/^([^;]*[/+](?:json|xml)|text\/[^;]*); charset=utf-?8$/, '$1');
}
