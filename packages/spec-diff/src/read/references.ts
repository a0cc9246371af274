import { escapeKey, parsePointer, valueAt } from '@org/openapi';
import { copyExact } from '../document/exact.ts';
import { isRecord, type Json } from '../document/json.ts';
import {
  hasAmbiguousNull,
  isAmbiguousNull,
  isUpgraded,
  markAmbiguousNull,
  markUnclear,
  markUpgraded,
} from '../document/version.ts';

/** The rules of JSON Schema for URIs in a document. */
interface Addresses {
  document: Json;
  /** Addresses, with anchors as fragments → pointers: `https://a.example/thing#name` → `/components/schemas/Thing`. */
  pointers: Map<string, string>;
  /** Nodes → the address and the pointer of the resource that they lie in; the document's own is empty. */
  resources: Map<object, { address: string; pointer: string }>;
  /** How many nodes have each `$dynamicAnchor`. */
  dynamic: Map<string, number>;
}

/**
 * References by `$anchor`, those that are relative to an `$id`, and a `$dynamicRef` to the only node of its anchor, as
 * pointers into the document. Unresolved ones stay unchanged. A document without either is returned.
 */
export function withPointers(document: Json): Json {
  const addresses = read(document);
  if (addresses.pointers.size === 0) return document;
  const copies = new Map<object, unknown>();
  const copy = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const known = copies.get(value);
    if (known !== undefined) return known;
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      copies.set(value, items);
      copyExact(value, items);
      for (const item of value) items.push(copy(item));
      return items;
    }
    const result: Json = {};
    copies.set(value, result);
    copyExact(value, result);
    for (const [name, inner] of Object.entries(value)) result[name] = copy(inner);
    if (typeof result['$ref'] === 'string')
      result['$ref'] = pointerOf(result['$ref'], value, addresses);
    const dynamic = result['$dynamicRef'];
    if (typeof dynamic === 'string' && isFixed(dynamic, addresses) && !('$ref' in result)) {
      delete result['$dynamicRef'];
      result['$ref'] = pointerOf(dynamic, value, addresses);
    }
    if (isAmbiguousNull(value)) markAmbiguousNull(result);
    return result;
  };
  const result = copy(document) as Json;
  if (isUpgraded(document)) markUpgraded(result);
  if (hasAmbiguousNull({ document })) markUnclear(result);
  return result;
}

/** Whether a `$dynamicRef` has the same target everywhere: no other node has its anchor. */
function isFixed(reference: string, { dynamic }: Addresses): boolean {
  const [, anchor = ''] = reference.split('#');
  return dynamic.get(anchor) === 1;
}

function pointerOf(reference: string, node: object, addresses: Addresses): string {
  const { document, pointers, resources } = addresses;
  const resource = resources.get(node) ?? { address: '', pointer: '' };
  const [address = '', fragment = ''] = resolved(reference, resource.address).split('#');
  const found = pointers.get(fragment === '' ? address : `${address}#${fragment}`);
  if (found !== undefined && !fragment.startsWith('/')) return `#${found}`;
  const base = address === '' ? '' : pointers.get(address);
  if (base === undefined || !(fragment === '' || fragment.startsWith('/'))) return reference;
  const hasTarget = valueAt(document, parsePointer(`#${base}${fragment}`)) !== undefined;
  // Below an `$id`, many write pointers from the root of the document, and tools follow them.
  return hasTarget ? `#${base}${fragment}` : reference;
}

function read(document: Json): Addresses {
  const pointers = new Map<string, string>();
  const resources: Addresses['resources'] = new Map();
  const dynamic: Addresses['dynamic'] = new Map();
  const open: { node: unknown; pointer: string; address: string; root: string }[] = [
    { node: document, pointer: '', address: '', root: '' },
  ];
  const data = new Set(['example', 'examples', 'default', 'enum', 'const']);
  for (const { node, pointer, address: outer, root: outerRoot } of open) {
    if (typeof node !== 'object' || node === null || resources.has(node)) continue;
    let [address, root] = [outer, outerRoot];
    if (isRecord(node)) {
      const id = node['$id'];
      if (typeof id === 'string' && pointer !== '') {
        address = resolved(id.replace(/#$/, ''), outer);
        root = pointer;
        if (!pointers.has(address)) pointers.set(address, pointer);
      }
      for (const keyword of ['$anchor', '$dynamicAnchor']) {
        const anchor = node[keyword];
        if (typeof anchor !== 'string') continue;
        if (keyword === '$dynamicAnchor') dynamic.set(anchor, (dynamic.get(anchor) ?? 0) + 1);
        const name = `${address}#${anchor}`;
        if (!pointers.has(name)) pointers.set(name, pointer);
      }
    }
    resources.set(node, { address, pointer: root });
    for (const [name, inner] of Object.entries(node)) {
      if (data.has(name)) continue;
      const step = encodeURIComponent(escapeKey(name));
      open.push({ node: inner, pointer: `${pointer}/${step}`, address, root });
    }
  }
  return { document, pointers, resources, dynamic };
}

/** Resolves a reference against a base URI, which may be any text: `thing`, `urn:thing`, `https://a.example/thing`. */
function resolved(reference: string, address: string): string {
  if (reference.startsWith('#')) return `${address}${reference}`;
  try {
    return new URL(reference, address || undefined).href;
  } catch {
    return reference;
  }
}
