import { posix } from 'node:path';
import { resourcePath } from '../infer/build-tree.ts';
import { pageClasses, type Resource } from '../model/model.ts';

/** The names that a file may import from the client's core. */
const coreNames: readonly string[] = [
  ...['APIPromise', 'APIResource', 'PagePromise', 'QueryOrOptions', 'RequestOptions'],
  ...pageClasses,
];

/** The file of a page class in the client's core: those that the official package lacks have separate files. */
function pageFile(name: string): string {
  if (name === 'LinkPage') return 'link-page';
  return /^(Numbered|Offset)Page$/.test(name) ? 'counted-page' : 'page';
}

/** The imports of a file. Types whose names are taken in the file are imported under another name. */
export class Imports {
  readonly #resource: Resource;
  readonly #types = new Map<string, string>();
  readonly #children = new Map<Resource, string>();
  readonly #childTypes = new Map<Resource, string[]>();
  readonly #pages = new Set<string>();
  readonly #promises = new Set<string>();
  readonly #options = new Set<string>();
  readonly #helpers = new Map<string, Set<string>>();

  constructor(resource: Resource) {
    this.#resource = resource;
  }

  type(name: string): string {
    const known = this.#types.get(name);
    if (known) return known;
    const taken = [this.#resource, ...this.#resource.children].some(
      ({ className }) => className === name,
    );
    const local = taken ? `${name}Type` : name;
    this.#types.set(name, local);
    return local;
  }

  child(child: Resource): string {
    const local =
      child.className === this.#resource.className ? `${child.className}Resource` : child.className;
    this.#children.set(child, local);
    return local;
  }

  /** Whether a name is still free in this file. */
  isFree(name: string): boolean {
    return (
      name !== this.#resource.className &&
      ![...this.#types.values(), ...this.#children.values(), ...coreNames].includes(name)
    );
  }

  /** A type that the file of a child exports. */
  childType(child: Resource, name: string): string {
    this.#childTypes.set(child, [...(this.#childTypes.get(child) ?? []), name]);
    return name;
  }

  page(name: string): void {
    this.#pages.add(name);
  }

  promise(name: 'APIPromise' | 'PagePromise'): void {
    this.#promises.add(name);
  }

  /** A function that not all methods need. */
  helper(file: string, name: string): void {
    this.#helpers.set(file, (this.#helpers.get(file) ?? new Set()).add(name));
  }

  option(): void {
    this.#options.add('RequestOptions');
  }

  queryOrOptions(): void {
    this.#options.add('QueryOrOptions');
  }

  /** A name in a type: it is imported already, or belongs to the core. */
  known(name: string): void {
    if (pageClasses.some((each) => each === name)) this.page(name);
  }

  /** A type with the names that this file knows its parts by. */
  rename(type: string): string {
    // Values of an enum are quoted; `Response` is the platform's.
    return type.replaceAll(/'(?:[^'\\]|\\.)*'|\b[A-Z]\w*\b/g, (name) => {
      if (/^('.*|Response)$/.test(name) || coreNames.includes(name)) return name;
      return this.type(name);
    });
  }

  print(): string {
    const depth = this.#resource.path.length;
    const core = (file: string) => `${'../'.repeat(depth)}core/${file}.ts`;
    const types = [...this.#types]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, local]) => (name === local ? name : `${name} as ${local}`));
    const lines: string[] = [];
    if (types.length > 0) lines.push(`import type { ${types.join(', ')} } from '@org/types';`);
    if (this.#options.size > 0) {
      lines.push(
        `import type { ${[...this.#options].sort().join(', ')} } from '${core('options')}';`,
      );
    }
    for (const file of ['counted-page', 'link-page', 'page']) {
      const pages = [...this.#pages].filter((name) => pageFile(name) === file).sort();
      if (file === 'page' && this.#promises.has('PagePromise')) pages.push('type PagePromise');
      if (pages.length > 0) lines.push(`import { ${pages.join(', ')} } from '${core(file)}';`);
    }
    for (const [file, names] of [...this.#helpers].sort()) {
      lines.push(`import { ${[...names].sort().join(', ')} } from '${core(file)}';`);
    }
    if (this.#promises.has('APIPromise'))
      lines.push(`import type { APIPromise } from '${core('promise')}';`);
    lines.push(`import { APIResource } from '${core('resource')}';`);
    for (const [child, local] of this.#children) {
      const name = child.className === local ? local : `${child.className} as ${local}`;
      lines.push(
        `import { ${[name, ...(this.#childTypes.get(child) ?? []).map((type) => `type ${type}`)].join(', ')} } from './${posix.relative(posix.dirname(resourcePath(this.#resource)), resourcePath(child))}.gen.ts';`,
      );
    }
    return lines.join('\n');
  }
}
