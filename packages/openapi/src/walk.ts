import type { Pointer } from './pointer.ts';

/** An object or array of a document, and its path. */
export interface Node {
  value: Readonly<Record<string, unknown>>;
  /** The last part of the path. Empty for the root. */
  readonly key: string;
  /** Computed when it is read: most nodes are only passed by. */
  readonly path: Pointer;
}

class Step implements Node {
  readonly value: Node['value'];
  readonly key: string;
  readonly #parent: Step | undefined;

  constructor(value: unknown, key: string, parent: Step | undefined) {
    // Objects and arrays are both read by their own keys; others are left out below.
    this.value = value as Node['value'];
    this.key = key;
    this.#parent = parent;
  }

  get path(): string[] {
    return this.#parent ? [...this.#parent.path, this.key] : [];
  }
}

/** Every object and array below a value, itself included, each once: outer ones before inner ones, in their order. */
export function* nodesOf(root: unknown): Generator<Node> {
  const seen = new Set<unknown>();
  const open = [new Step(root, '', undefined)];
  for (let step = open.pop(); step; step = open.pop()) {
    const { value } = step;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    yield step;
    for (const key of Object.keys(value).reverse()) {
      const child = value[key];
      if (typeof child === 'object' && child !== null) open.push(new Step(child, key, step));
    }
  }
}
