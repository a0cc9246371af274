/** A place in a document where a string of its authors' stands: a value, or a key. A name that is used in several is one. */
export interface Position {
  /** What it is: `description`, `key of properties`. */
  kind: string;
  original: string;
  /** Where it stands, with the tokens of other positions in it. */
  paths: string[][];
}

type Json = Record<string, unknown>;

/** Their keys are names of the document's own. */
const maps = new Set([
  ...[
    'properties',
    'patternProperties',
    'schemas',
    'parameters',
    'responses',
    'examples',
    'headers',
  ],
  ...[
    'securitySchemes',
    'requestBodies',
    'links',
    'callbacks',
    'content',
    'variables',
    'scopes',
    'mapping',
  ],
]);

/** Their values are words of OpenAPI. */
const keywords = new Set(['in', 'openapi', 'style', 'type', 'scheme']);

/** A document whose strings are tokens, which any strings can be put in the place of. */
export class Template {
  readonly positions: Position[] = [];
  readonly #shared = new Map<string, number>();
  readonly #template: unknown;

  constructor(document: object) {
    this.#template = this.#walk(document, [], '', false);
  }

  /** The document with these strings, by the index of their position; others are the original ones. */
  fill(strings: ReadonlyMap<number, string>): Json {
    const stringAt = (index: number) => strings.get(index) ?? this.positions[index]?.original ?? '';
    const walk = (node: unknown, key: string): unknown => {
      if (typeof node === 'string')
        return filled(node, key === '$ref' ? (index) => fragment(stringAt(index)) : stringAt);
      if (Array.isArray(node)) return node.map((item) => walk(item, ''));
      if (typeof node !== 'object' || node === null) return node;
      // Not by assignment: a key may be `__proto__`.
      return Object.fromEntries(
        Object.entries(node).map(([name, value]) => [filled(name, stringAt), walk(value, name)]),
      );
    };
    return walk(this.#template, '') as Json;
  }

  /** The paths of a position as a document with these strings has them. */
  pathsOf(index: number, strings: ReadonlyMap<number, string>): string[] {
    const stringAt = (i: number) => strings.get(i) ?? this.positions[i]?.original ?? '';
    const { paths = [] } = this.positions[index] ?? {};
    return paths.map((path) => path.map((part) => filled(part, stringAt)).join(' › '));
  }

  /** A token for a string; for one that is shared, always the same. */
  #token(kind: string, original: string, path: string[], shared?: string): string {
    const known = shared === undefined ? undefined : this.#shared.get(shared);
    const index = known ?? this.positions.length;
    if (known === undefined) this.positions.push({ kind, original, paths: [] });
    // The path of a key is known when all of its parts are.
    if (path.length > 0) this.positions[index]?.paths.push(path);
    if (shared !== undefined) this.#shared.set(shared, index);
    return `\u27e6${index}\u27e7`;
  }

  #originals(path: readonly string[]): string[] {
    return path.map((part) => filled(part, (index) => this.positions[index]?.original));
  }

  #walk(node: unknown, path: string[], parent: string, isMap: boolean): unknown {
    if (Array.isArray(node)) {
      return node.map((item, i) =>
        typeof item === 'string'
          ? this.#value(item, [...path, String(i)], parent)
          : this.#walk(item, [...path, String(i)], parent, false),
      );
    }
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => {
        const name = this.#key(key, path, parent, isMap);
        const at = [...path, name];
        for (const [, index] of name.matchAll(/\u27e6(\d+)\u27e7/g))
          this.positions[Number(index)]?.paths.push(at);
        if (typeof value === 'string') return [name, this.#value(value, at, key)];
        return [name, this.#walk(value, at, key, !isMap && maps.has(key) && !Array.isArray(value))];
      }),
    );
  }

  #key(key: string, path: string[], parent: string, isMap: boolean): string {
    const names = this.#originals(path);
    const place = names.join('\n');
    if (parent === 'paths') {
      // The parts of a path are names; the one below which all are is shared.
      return key
        .split('/')
        .map((part) => {
          if (part === '') return part;
          const [, parameter] = /^\{(.*)\}$/.exec(part) ?? [];
          if (parameter)
            return `{${this.#token('path parameter', parameter, [], `path/${parameter}`)}}`;
          return this.#token('path', part, [], `segment/${part}`);
        })
        .join('/');
    }
    if (names.length === 2 && names[0] === 'components') {
      return this.#token(`name in ${parent}`, key, [], `${parent}/${key}`);
    }
    if (names.includes('security') && names.length <= 6) {
      return this.#token('name in securitySchemes', key, [], `securitySchemes/${key}`);
    }
    if (parent === 'properties' && isMap) {
      return this.#token('key of properties', key, [], `${place}/${key}`);
    }
    if (key === '$ref') return key;
    if (isMap || key.startsWith('x-')) return this.#token(`key of ${parent || key}`, key, []);
    return this.#first('keyword', key, []);
  }

  #value(value: string, path: string[], key: string): string {
    if (key === '$ref') {
      const [, kind = '', name = ''] = /^#\/components\/(\w+)\/(.+)$/.exec(value) ?? [];
      return `#/components/${kind}/${this.#token(`name in ${kind}`, name, path, `${kind}/${name}`)}`;
    }
    if (key === 'operationId') {
      const parts = value.split('.');
      return parts
        .map((part, i) =>
          this.#token(
            'operationId',
            part,
            path,
            i < parts.length - 1 ? `resource/${part}` : undefined,
          ),
        )
        .join('.');
    }
    if (key === 'required') {
      const properties = [...this.#originals(path).slice(0, -2), 'properties'].join('\n');
      return this.#token('key of properties', value, path, `${properties}/${value}`);
    }
    const isTag = key === 'tags' || (key === 'name' && this.#originals(path)[0] === 'tags');
    if (isTag) return this.#token('tag', value, path, `tag/${value}`);
    const isPathParameter = key === 'name' && /^\w+_id$/.test(value);
    if (isPathParameter) return this.#token('path parameter', value, path, `path/${value}`);
    return keywords.has(key) ? this.#first('keyword', value, path) : this.#token(key, value, path);
  }

  /** Of the words of OpenAPI itself, each once: in the place of one, a string can only be refused or be an extension. */
  #first(kind: string, word: string, path: string[]): string {
    if (this.#shared.has(`word/${word}`)) return word;
    this.#shared.set(`word/${word}`, this.positions.length);
    return this.#token(kind, word, path);
  }
}

/** A text with strings in the place of its tokens. */
function filled(text: string, stringAt: (index: number) => string | undefined): string {
  return text.replaceAll(/\u27e6(\d+)\u27e7/g, (_, index) => stringAt(Number(index)) ?? '');
}

/** A name as a part of a reference. */
function fragment(name: string): string {
  const part = name.replaceAll('~', '~0').replaceAll('/', '~1');
  try {
    return encodeURIComponent(part);
  } catch {
    return part;
  }
}
