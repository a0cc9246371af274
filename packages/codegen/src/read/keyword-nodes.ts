import { type Node, nodesOf } from '@org/openapi';

/** Keywords whose value is a map: its keys are names that the document chose, such as a property called `description`. */
export const maps: ReadonlySet<string> = new Set([
  ...['$defs', 'definitions', 'dependentSchemas', 'patternProperties', 'properties', 'schemas'],
  'securitySchemes',
  ...['callbacks', 'content', 'encoding', 'headers', 'links', 'pathItems', 'paths'],
  ...['parameters', 'requestBodies', 'responses', 'webhooks'],
]);
/** Keywords whose value is data. */
export const dataKeywords: ReadonlySet<string> = new Set([
  'const',
  'default',
  'enum',
  'example',
  'examples',
]);

/**
 * Every object of a document whose keys are keywords: no map of names, and no data. Each once, outer objects first; a
 * document may share objects, so that walking each use would never end.
 */
export function* keywordNodes(
  node: unknown,
  isMap = false,
  seen: Set<object> = new Set(),
): Generator<Record<string, unknown>, void, undefined> {
  if (typeof node !== 'object' || node === null || seen.has(node)) return;
  seen.add(node);
  if (Array.isArray(node)) {
    for (const item of node) yield* keywordNodes(item, false, seen);
    return;
  }
  const object = node as Record<string, unknown>;
  if (!isMap) yield object;
  for (const [key, value] of Object.entries(object))
    if (isMap || !dataKeywords.has(key)) yield* keywordNodes(value, !isMap && maps.has(key), seen);
}

/** The same objects, each with its place in the document. */
export function* locatedKeywordNodes(document: object): Generator<Node, void, undefined> {
  const nodes = new Set<object>(keywordNodes(document));
  for (const node of nodesOf(document)) if (nodes.has(node.value)) yield node;
}
