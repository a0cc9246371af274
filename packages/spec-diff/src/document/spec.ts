import { parsePointer, valueAt } from '@org/openapi';
import { identity, isRecord, type Json, own, record } from './json.ts';
import { isUpgraded } from './version.ts';

/** A parsed OpenAPI document: any JSON. */
export type Document = Json;

export const methods = [
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
] as const;

/** The same of both documents. */
export interface Sides<T> {
  before: T;
  after: T;
}

/** A document, with its references and the names of its components. */
export class Spec {
  readonly document: Document;
  /** Whether the document was written as OpenAPI 3.0. */
  readonly isUpgraded: boolean;
  /** Unresolved references. */
  readonly dangling: Set<string> = new Set();
  readonly #components = new Map<object, readonly string[]>();
  readonly #targets = new Map<string, Json | boolean | undefined>();

  constructor(document: Document) {
    this.document = document;
    this.isUpgraded = isUpgraded(document);
    for (const [section, named] of Object.entries(record(document['components']))) {
      for (const [name, node] of Object.entries(record(named))) {
        // The first name wins, and a component that is only a reference has its target's.
        if (isRecord(node) && !this.#components.has(node) && typeof node['$ref'] !== 'string') {
          this.#components.set(node, ['components', section, name]);
        }
      }
    }
  }

  component(section: string, name: string): unknown {
    return own(own(this.document['components'], section), name);
  }

  /** Such as `['components', 'schemas', 'User']` for the node that has this name. */
  nameOf(node: object | undefined): readonly string[] | undefined {
    return node && this.#components.get(node);
  }

  /** The target of a reference, through other references; undefined if it does not resolve or is circular. */
  target($ref: string): Json | boolean | undefined {
    if (this.#targets.has($ref)) return this.#targets.get($ref);
    const found = this.find($ref);
    if (found === undefined) this.dangling.add($ref);
    this.#targets.set($ref, found);
    return found;
  }

  /** The same, without recording unresolved references. */
  find($ref: string): Json | boolean | undefined {
    if (!/^#(\/|$)/.test($ref)) return undefined;
    const found = valueAt(this.document, parsePointer($ref));
    return isRecord(found) || typeof found === 'boolean' ? found : undefined;
  }

  /** Follows references. Not for schemas, where the siblings of a reference count. */
  resolve(given: unknown): Json | undefined {
    const seen = new Set<number>();
    let node: unknown = given;
    while (isRecord(node) && typeof node['$ref'] === 'string') {
      if (seen.has(identity(node))) return undefined;
      seen.add(identity(node));
      node = this.target(node['$ref']);
    }
    return isRecord(node) ? node : undefined;
  }
}
