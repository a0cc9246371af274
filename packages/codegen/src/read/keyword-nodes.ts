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

/** Keywords that only describe what others say. */
export const annotations: ReadonlySet<string> = new Set([
  ...['$comment', 'default', 'deprecated', 'description', 'example', 'examples', 'externalDocs'],
  ...['readOnly', 'summary', 'title', 'writeOnly', 'xml'],
]);

/**
 * Every object of a document whose keys are keywords: no map of names, and no data. Each once, outer objects first; a
 * document may share objects, so that walking each use would never end.
 */
export function* keywordNodes(root: unknown): Generator<Record<string, unknown>, void, undefined> {
  const seen = new Set<unknown>();
  // A stack, because a generator in a generator takes as long as it is deep.
  const open: { node: unknown; isMap: boolean }[] = [{ node: root, isMap: false }];
  for (let step = open.pop(); step; step = open.pop()) {
    const { node, isMap } = step;
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    const isArray = Array.isArray(node);
    const object = node as Record<string, unknown>;
    if (!isArray && !isMap) yield object;
    for (const key of Object.keys(object).reverse()) {
      const value = object[key];
      if (typeof value !== 'object' || value === null) continue;
      if (isArray || isMap || !dataKeywords.has(key))
        open.push({ node: value, isMap: !isArray && !isMap && maps.has(key) });
    }
  }
}

/** The same objects, each with its place in the document. */
export function* locatedKeywordNodes(document: object): Generator<Node, void, undefined> {
  const nodes = new Set<object>(keywordNodes(document));
  for (const node of nodesOf(document)) if (nodes.has(node.value)) yield node;
}
