/** Keywords whose value is a map: its keys are names that the document chose, such as a property called `description`. */
export const maps: ReadonlySet<string> = new Set([
  ...['$defs', 'definitions', 'dependentSchemas', 'patternProperties', 'properties', 'schemas'],
  ...['callbacks', 'content', 'encoding', 'headers', 'links', 'pathItems', 'paths'],
  ...['parameters', 'requestBodies', 'responses', 'webhooks'],
]);
/** Keywords whose value is data. */
const data = new Set(['const', 'default', 'enum', 'example', 'examples']);

/** Every object of a document whose keys are keywords, without maps of names and data. Outer objects come first. */
export function* keywordNodes(
  node: unknown,
  isMap = false,
): Generator<Record<string, unknown>, void, undefined> {
  if (Array.isArray(node)) for (const item of node) yield* keywordNodes(item);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
  const object = node as Record<string, unknown>;
  if (!isMap) yield object;
  for (const [key, value] of Object.entries(object))
    if (isMap || !data.has(key)) yield* keywordNodes(value, !isMap && maps.has(key));
}
