import { formatPointer } from '@org/openapi';
import { own } from './json.ts';

/** Finds the JSON pointers of nodes; the document is indexed on first use. */
export class Pointers {
  readonly #root: object;
  #known: Map<object, string> | undefined;
  #nodes: Map<string, object> | undefined;

  constructor(root: object) {
    this.#root = root;
  }

  /**
   * Such as `/paths/~1users/get`; undefined for a node that is not in the document.
   *
   * @param below The way from the node. It ends where the document does.
   */
  of(node: object | undefined, below: readonly string[] = []): string | undefined {
    if (!node) return undefined;
    this.#known ??= read(this.#root);
    const pointer = this.#known.get(node);
    if (pointer === undefined) return undefined;
    const steps: string[] = [];
    let here: unknown = node;
    for (const step of below) {
      here = own(here, step);
      if (here === undefined) break;
      steps.push(step);
    }
    return pointer + formatPointer(steps);
  }

  /** The node with the pointer that a node of another document has there. */
  like(node: object | undefined, other: Pointers): object | undefined {
    const pointer = other.of(node);
    if (pointer === undefined) return undefined;
    this.#known ??= read(this.#root);
    this.#nodes ??= new Map([...this.#known].map(([each, its]) => [its, each]));
    return this.#nodes.get(pointer);
  }
}

function read(root: object): Map<object, string> {
  const known = new Map([[root, '']]);
  // The map grows while it is walked: no node is visited twice, and no depth is too deep.
  for (const [node, pointer] of known) {
    for (const [name, value] of Object.entries(node)) {
      if (typeof value !== 'object' || value === null || known.has(value)) continue;
      known.set(value, pointer + formatPointer([name]));
    }
  }
  return known;
}
