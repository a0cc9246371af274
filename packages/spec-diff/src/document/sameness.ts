import { exactAt } from './exact.ts';
import type { Json } from './json.ts';
import type { Sides, Spec } from './spec.ts';

/**
 * Finds the equal parts of two documents, which need not be compared: equal JSON in which no reference
 * reaches a change. Most of a document is equal, and finding these parts is fast.
 */
export class Sameness {
  readonly #specs: Sides<Spec>;
  readonly #equal = new WeakMap<object, { after: object; isEqual: boolean }>();
  readonly #clean = new WeakMap<object, boolean>();
  #references: References | undefined;

  constructor(specs: Sides<Spec>) {
    this.#specs = specs;
  }

  /** Whether both are equal. If in doubt, they are not. */
  same(before: unknown, after: unknown): boolean {
    return this.equal(before, after) && this.#isClean(before);
  }

  /** Whether both are the same JSON, apart from the order of keys. References are not followed. */
  equal(before: unknown, after: unknown): boolean {
    if (typeof before !== 'object' || before === null) return before === after;
    if (typeof after !== 'object' || after === null) return false;
    const known = this.#equal.get(before);
    if (known?.after === after) return known.isEqual;
    // A value that contains itself, by a YAML alias, counts as different.
    this.#equal.set(before, { after, isEqual: false });
    const isEqual = this.#haveEqualEntries(before, after);
    this.#equal.set(before, { after, isEqual });
    return isEqual;
  }

  get references(): References {
    this.#references ??= this.#readReferences();
    return this.#references;
  }

  #haveEqualEntries(before: object, after: object): boolean {
    if (Array.isArray(before) !== Array.isArray(after)) return false;
    const names = Object.keys(before);
    if (names.length !== Object.keys(after).length) return false;
    return names.every(
      (name) =>
        Object.hasOwn(after, name) &&
        this.equal((before as Json)[name], (after as Json)[name]) &&
        haveEqualDigits(before, after, name),
    );
  }

  /** Whether everything that a node refers to is known to be the same. */
  #isClean(node: unknown): boolean {
    if (typeof node !== 'object' || node === null) return true;
    const known = this.#clean.get(node);
    if (known !== undefined) return known;
    const reference = (node as Json)['$ref'];
    const isClean =
      !(typeof reference === 'string' && this.references.unclear.has(reference)) &&
      Object.values(node).every((inner) => this.#isClean(inner));
    this.#clean.set(node, isClean);
    return isClean;
  }

  #readReferences(): References {
    const { before, after } = this.#specs;
    const all = new Set([before, after].flatMap((spec) => referencesIn(spec.document)));
    const different = new Set<string>();
    const dangling = new Set<string>();
    /** Reference → the references that reach it. */
    const sources = new Map<string, string[]>();
    for (const reference of all) {
      const [old, now] = [before.find(reference), after.find(reference)];
      if (!this.equal(old, now)) different.add(reference);
      else if (old === undefined) dangling.add(reference);
      for (const inner of referencesIn(old)) {
        sources.set(inner, [...(sources.get(inner) ?? []), reference]);
      }
    }
    const withSources = (found: Iterable<string>) => {
      const reached = new Set(found);
      // The set grows while it is walked.
      for (const each of reached) for (const source of sources.get(each) ?? []) reached.add(source);
      return reached;
    };
    return {
      different,
      affected: withSources(different),
      unclear: withSources([...different, ...dangling]),
    };
  }
}

/** Numbers that are the same in floating point may have been written differently. */
function haveEqualDigits(before: object, after: object, name: string): boolean {
  const [old, now] = [exactAt(before, name), exactAt(after, name)];
  return old === undefined || now === undefined || old === now;
}

interface References {
  /** References whose target differs in the other document. */
  different: ReadonlySet<string>;
  /** References that reach a difference, directly or through others. */
  affected: ReadonlySet<string>;
  /** The same, and unresolved references, which need a note. */
  unclear: ReadonlySet<string>;
}

/** All references in a part of a document, at any depth, each once. */
export function referencesIn(node: unknown): string[] {
  const found = new Set<string>();
  // The set grows during the iteration: a value that contains itself, by a YAML alias, is read once.
  const seen = new Set<object>(typeof node === 'object' && node !== null ? [node] : []);
  for (const value of seen) {
    const reference = (value as Json)['$ref'];
    if (typeof reference === 'string') found.add(reference);
    for (const inner of Object.values(value)) {
      if (typeof inner === 'object' && inner !== null) seen.add(inner);
    }
  }
  return [...found];
}
