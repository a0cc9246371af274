import { type Document, formatReference, type Pointer, parsePointer, valueAt } from '@org/openapi';
import { locatedKeywordNodes } from './keyword-nodes.ts';

type Node = Record<string, unknown>;

/** A schema with an `$id` and all that it contains, or the document; with its anchors. */
interface Resource {
  root: object;
  path: Pointer;
  anchors: Map<string, Node[]>;
}

/**
 * Rewrites `$dynamicRef: '#item'` as a `$ref`: to the anchor of the schema that extends the one with the reference, which
 * gets a copy of it, as in `{ $id: planets, $ref: page, $defs: { item: { $dynamicAnchor: item, $ref: planet } } }`; else to
 * the only anchor. References whose target is unclear stay as they are. Changes the document.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.2
 */
export function bindDynamicReferences(document: Document): void {
  const located = [...locatedKeywordNodes(document)];
  if (!located.some(({ value }) => typeof value['$dynamicRef'] === 'string')) return;
  const own: Resource = { root: document, path: [], anchors: new Map() };
  const resources: Resource[] = [own];
  const resourceOf = new Map<object, Resource>();
  const pathOf = new Map<object, Pointer>();
  for (const { value, path } of located) {
    // Outer ones come first, so that the last one that contains a node is the nearest.
    const outer = resources.findLast((each) => each.path.every((key, i) => path[i] === key)) ?? own;
    const isRoot = typeof value['$id'] === 'string' && path.length > 0;
    const resource = isRoot ? { root: value, path, anchors: new Map() } : outer;
    if (isRoot) resources.push(resource);
    resourceOf.set(value, resource);
    pathOf.set(value, path);
    const anchor = value['$dynamicAnchor'];
    if (typeof anchor === 'string')
      resource.anchors.set(anchor, [...(resource.anchors.get(anchor) ?? []), value]);
  }

  const targetOf = ({ $ref }: Node): Node | undefined =>
    typeof $ref === 'string' && $ref.startsWith('#/')
      ? (valueAt(document, parsePointer($ref)) as Node | undefined)
      : undefined;

  /** A reference to an anchor, if there is one of the name. */
  const anchorIn = ({ anchors }: Resource, reference: unknown): string | undefined => {
    const [anchor, second] = anchors.get(String(reference).slice(1)) ?? [];
    if (!anchor || second) return undefined;
    const isAlias = Object.keys(anchor).every((key) => /^\$(?:dynamicAnchor|ref)$/.test(key));
    return isAlias && typeof anchor['$ref'] === 'string'
      ? anchor['$ref']
      : formatReference(pathOf.get(anchor) ?? []);
  };

  /** Whether a schema, or one that it refers to, has a reference to an anchor of the resource. */
  const needs = (node: unknown, resource: Resource, seen = new Set<unknown>()): boolean => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return false;
    seen.add(node);
    const schema = node as Node;
    return (
      (typeof schema['$dynamicRef'] === 'string' &&
        anchorIn(resource, schema['$dynamicRef']) !== undefined) ||
      needs(targetOf(schema), resource, seen) ||
      Object.values(schema).some((part) => needs(part, resource, seen))
    );
  };

  /** A copy of a schema in which references lead to the anchors of the resource that extends it. */
  const bound = (node: unknown, resource: Resource, open: readonly unknown[]): unknown => {
    if (Array.isArray(node)) return node.map((part) => bound(part, resource, open));
    if (typeof node !== 'object' || node === null) return node;
    const copy: Node = Object.fromEntries(
      Object.entries(node)
        // A property may be called like a keyword: then it is an object.
        .filter(([key, part]) => !/^\$(?:id|dynamicAnchor)$/.test(key) || typeof part !== 'string')
        .map(([key, part]) => [key, bound(part, resource, open)]),
    );
    const { $dynamicRef: reference, $ref: _, ...rest } = copy;
    const anchor = typeof reference === 'string' ? anchorIn(resource, reference) : undefined;
    if (anchor !== undefined) return { ...rest, $ref: anchor };
    const target = targetOf(copy);
    return target && !open.includes(target) && needs(target, resource)
      ? extended(rest, bound(target, resource, [...open, target]) as Node)
      : copy;
  };

  // The document is a copy: its objects may be changed.
  const nodes = located.map(({ value }) => value as Node);
  for (const value of nodes) {
    const resource = resourceOf.get(value) ?? own;
    const target = targetOf(value);
    const isOther = target !== undefined && resourceOf.get(target) !== resource;
    if (resource === own || !isOther || !needs(target, resource)) continue;
    const { $ref: _, ...rest } = value;
    const copy = extended(rest, bound(target, resource, [target]) as Node);
    for (const key of Object.keys(value)) delete value[key];
    Object.assign(value, copy);
  }
  for (const value of nodes) {
    const { $dynamicRef: reference } = value;
    if (typeof reference !== 'string' || '$ref' in value) continue;
    // The outermost anchor applies: the document's, if it has one.
    const isInDocument = own.anchors.has(reference.slice(1));
    const anchor = anchorIn(isInDocument ? own : (resourceOf.get(value) ?? own), reference);
    if (anchor === undefined) continue;
    delete value['$dynamicRef'];
    value['$ref'] = anchor;
  }
}

/** A schema with what another one says besides. */
function extended(schema: Node, { $defs, ...base }: Node): Node {
  const inherited = { ...($defs as Node | undefined), ...(schema['$defs'] as Node | undefined) };
  const all = Object.keys(inherited).length > 0 ? { $defs: inherited } : {};
  const isDisjoint = Object.keys(base).every((key) => !(key in schema) || key === 'description');
  return isDisjoint
    ? { ...base, ...schema, ...all }
    : { ...schema, ...all, allOf: [...((schema['allOf'] as unknown[]) ?? []), base] };
}
