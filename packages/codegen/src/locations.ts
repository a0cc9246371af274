import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import { pointerPath } from './document.ts';
import type { Locate, Location, Pointer } from './problems.ts';

interface Source {
  file: string;
  document: Document;
  lines: LineCounter;
}

/** A node, and the source that it stands in: a reference may lead to another file. */
interface Place {
  source: Source;
  node: Node;
}

/**
 * Finds places in the YAML from paths in the bundled document. A path that goes through a reference is followed into
 * the place that the reference names, also in another file.
 *
 * @param folder of the spec
 * @param main the file that refers to all others
 */
export function createLocate(
  folder: string,
  main: string,
  read: (path: string) => string = (path) => readFileSync(join(folder, path), 'utf8'),
): Locate {
  const sources = new Map<string, Source | undefined>();

  function open(file: string): Source | undefined {
    if (!sources.has(file)) sources.set(file, parse(file));
    return sources.get(file);
  }

  function parse(file: string): Source | undefined {
    try {
      const lines = new LineCounter();
      // Repeated keys were refused when the document was read. Here, each would be compared with all others.
      const options = { lineCounter: lines, uniqueKeys: false };
      return { file, lines, document: parseDocument(read(file), options) };
    } catch {
      return undefined;
    }
  }

  function step(place: Place, key: string | number): { place: Place; key: Node } | undefined {
    const { source, node } = follow(place);
    if (isMap(node)) {
      const pair = indexOf(node).get(String(key));
      if (!pair?.value) return undefined;
      return { place: { source, node: pair.value as Node }, key: pair.key as Node };
    }
    const value = (node as { get?: (key: unknown, keepScalar: true) => unknown }).get?.(
      Number(key),
      true,
    );
    return value ? { place: { source, node: value as Node }, key: value as Node } : undefined;
  }

  /** Follows aliases and references from a node to what it stands for. */
  function follow(place: Place, depth = 0): Place {
    let { node } = place;
    const { source } = place;
    if (isAlias(node)) node = node.resolve(source.document) ?? node;
    const ref = isMap(node) ? node.get('$ref') : undefined;
    if (typeof ref !== 'string' || depth > 32) return { source, node };
    const [path = '', pointer = ''] = ref.split('#');
    const target = path ? open(normalize(join(dirname(source.file), path))) : source;
    const contents = target?.document.contents;
    if (!target || !contents) return { source, node };
    let at: Place = { source: target, node: contents };
    for (const key of pointerPath(pointer)) {
      const next = step(at, key);
      if (!next) return { source, node };
      at = next.place;
    }
    return follow(at, depth + 1);
  }

  return (pointer: Pointer): Location | undefined => {
    const source = open(main);
    if (!source?.document.contents) return undefined;
    let place: Place = { source, node: source.document.contents };
    let found: { source: Source; node: Node } = place;
    for (const key of pointer) {
      const next = step(place, key);
      // What the source does not have stands, or is missing, in the last thing that it has.
      if (!next) break;
      place = next.place;
      found = { source: place.source, node: next.key };
    }
    const offset = found.node.range?.[0];
    if (offset === undefined) return undefined;
    const { line, col } = found.source.lines.linePos(offset);
    return { file: found.source.file, line, column: col };
  };
}

const indexes = new WeakMap<YAMLMap, Map<string, Pair>>();

/** The entries of a map by key: the list of paths is long, and asked for every one of them. */
function indexOf(map: YAMLMap): Map<string, Pair> {
  let index = indexes.get(map);
  if (!index) {
    index = new Map();
    for (const pair of map.items) if (isScalar(pair.key)) index.set(String(pair.key.value), pair);
    indexes.set(map, index);
  }
  return index;
}
