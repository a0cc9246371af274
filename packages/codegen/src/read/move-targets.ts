import { type Document, formatReference, parsePointer, valueAt } from '@org/openapi';
import { pascalCase } from '../model/names.ts';
import { keywordNodes } from './keyword-nodes.ts';

/** Maps of an operation whose values have a section of their own among the components. */
const sections = new Set(['callbacks', 'examples', 'headers', 'links', 'parameters', 'responses']);
/** Keys of a pointer that do not name anything. */
const unnamed =
  /^(?:\d+|[245]XX|default|get|put|post|delete|patch|paths|content|responses|requestBody|schema|properties|items|allOf|anyOf|oneOf|additionalProperties|\$defs|[^/].*\/.+)$/;

/**
 * Moves parts of operations that references lead to, such as `#/paths/~1books/get/responses/404`, into the components:
 * operations are read one by one, and schemas that they state get names of their own. Changes the document.
 */
export function moveTargets(document: Document): void {
  const found = new Map<string, { holder: Record<string, unknown>; key: string; to: string[] }>();
  const references: { node: Record<string, unknown>; from: string }[] = [];
  const components = { ...(document.components as Record<string, Record<string, unknown>>) };
  for (const node of keywordNodes(document)) {
    const from = node['$ref'];
    // A reference to a whole path is refused.
    if (typeof from !== 'string' || !/^#\/(?!components\/)[^/]+\/[^/]+\/./.test(from)) continue;
    const path = parsePointer(from);
    const holder = valueAt(document, path.slice(0, -1)) as Record<string, unknown> | undefined;
    const key = path.at(-1) ?? '';
    if (typeof holder?.[key] !== 'object' || holder[key] === null) continue;
    references.push({ node, from });
    if (found.has(from)) continue;
    const parent = path.at(-2) ?? '';
    const section =
      key === 'requestBody' ? 'requestBodies' : sections.has(parent) ? parent : 'schemas';
    components[section] = { ...components[section] };
    const name = pascalCase(path.findLast((part) => !unnamed.test(part)) ?? 'Part');
    let free = name;
    for (let number = 2; free in components[section]; number += 1) free = `${name}${number}`;
    components[section][free] = holder[key];
    found.set(from, { holder, key, to: ['components', section, free] });
  }
  if (references.length === 0) return;
  document.components = components;
  for (const { holder, key, to } of found.values()) holder[key] = { $ref: formatReference(to) };
  for (const { node, from } of references) {
    const { to } = found.get(from) ?? {};
    if (to) node['$ref'] = formatReference(to);
  }
}
