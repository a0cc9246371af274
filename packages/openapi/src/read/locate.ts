import { posix } from 'node:path';
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
import { type Pointer, parsePointer } from '../pointer.ts';
import type { Locate, Location } from '../problems.ts';

interface Source {
  file: string;
  document: Document;
  lines: LineCounter;
}

/** A node and its source: a reference may point to another file. */
interface Place {
  source: Source;
  node: Node;
}

/** Finds locations in the files of a document. Each file is parsed on first use. */
export interface Locator {
  /** The location of a path in the document. References in the path are followed. */
  inDocument: Locate;
  /** The location of a path in one of its files. */
  inFile(file: string, path: Pointer): Location | undefined;
  /** The text of a file; empty if it cannot be read. */
  textOf(file: string): string;
}

/**
 * @param main the file that refers to all others
 * @param read returns the text of a file; if it throws, no location in that file is found
 */
export function createLocator(main: string, read: (path: string) => string): Locator {
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
    const { source, node } = place;
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

  function withoutAlias({ source, node }: Place): Place {
    return { source, node: (isAlias(node) ? node.resolve(source.document) : undefined) ?? node };
  }

  /** Follows aliases and references from a node to their target. */
  function follow(place: Place, depth = 0): Place {
    const { source, node } = withoutAlias(place);
    const ref = isMap(node) ? node.get('$ref') : undefined;
    if (typeof ref !== 'string' || depth > 32) return { source, node };
    const [path = '', pointer = ''] = ref.split('#');
    const file = posix.normalize(posix.join(posix.dirname(source.file), path));
    const target = path ? open(file) : source;
    const contents = target?.document.contents;
    if (!target || !contents) return { source, node };
    let at: Place = { source: target, node: contents };
    for (const key of parsePointer(`#${pointer}`)) {
      const next = step(follow(at, depth + 1), key);
      if (!next) return { source, node };
      at = next.place;
    }
    return follow(at, depth + 1);
  }

  function find(file: string, path: Pointer, resolve: (place: Place) => Place) {
    const source = open(file);
    if (!source?.document.contents) return undefined;
    let place: Place = { source, node: source.document.contents };
    let found: Place = place;
    for (const key of path) {
      const next = step(resolve(place), key);
      // For a missing node, report its nearest ancestor.
      if (!next) break;
      place = next.place;
      found = { source: place.source, node: next.key };
    }
    const offset = found.node.range?.[0];
    if (offset === undefined) return undefined;
    const { line, col } = found.source.lines.linePos(offset);
    return { file: found.source.file, line, column: col };
  }

  return {
    inDocument: (path) => find(main, path, follow),
    inFile: (file, path) => find(file, path, withoutAlias),
    textOf(file) {
      try {
        return read(file);
      } catch {
        return '';
      }
    },
  };
}

const indexes = new WeakMap<YAMLMap, Map<string, Pair>>();

/** The entries of a map by key, because the list of paths is long and searched often. */
function indexOf(map: YAMLMap): Map<string, Pair> {
  let index = indexes.get(map);
  if (!index) {
    index = new Map();
    for (const pair of map.items) if (isScalar(pair.key)) index.set(String(pair.key.value), pair);
    indexes.set(map, index);
  }
  return index;
}
