import { type Document, formatReference, type Pointer, type Problems } from '@org/openapi';
import { keywordNodes, locatedKeywordNodes } from './keyword-nodes.ts';

/**
 * Rewrites references to anchors (`$ref: '#node'`) as pointers, which is all that the emitters and the mock follow.
 * Changes the document.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.2
 */
export function resolveAnchors(document: Document, problems: Problems): void {
  // Few documents have any, and places take long to find.
  if (![...keywordNodes(document)].some(refersToAnchor)) return;
  const anchors = new Map<string, Pointer[]>();
  const references: { value: Record<string, unknown>; path: Pointer; name: string }[] = [];
  for (const { value, path } of locatedKeywordNodes(document)) {
    const { $anchor: anchor, $ref: reference } = value;
    if (typeof anchor === 'string') anchors.set(anchor, [...(anchors.get(anchor) ?? []), path]);
    if (refersToAnchor(value)) references.push({ value, path, name: String(reference).slice(1) });
  }
  for (const { value, path, name } of references) {
    const [target, second] = anchors.get(name) ?? [];
    if (target && !second) value['$ref'] = formatReference(target);
    else
      problems.add(
        'unresolved-ref',
        [...path, '$ref'],
        target
          ? `\`$ref: #${name}\` is ambiguous: two schemas have that \`$anchor\`.`
          : `\`$ref: #${name}\` leads to no schema: none has that \`$anchor\`.`,
      );
  }
}

function refersToAnchor({ $ref }: Readonly<Record<string, unknown>>): boolean {
  return typeof $ref === 'string' && /^#[^/]/.test($ref);
}
