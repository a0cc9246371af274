import type { Direction } from '../change/change.ts';
import { canonical, isRecord, type Json, own, record } from '../document/json.ts';
import { type Operation, operationsOf } from '../document/operations.ts';
import type { Spec } from '../document/spec.ts';
import { pairOperations } from '../rules/api/operations.ts';
import { viewOf } from './view.ts';

/** One operation on both sides. */
export type OperationPair = readonly [before: Operation, after: Operation];

/** The operations that are there on both sides and say something else, directly or through what they refer to. */
export function changedOperations(before: Spec, after: Spec): OperationPair[] {
  const [old, now] = [before, after].map((spec) => operationsOf(spec, spec.document['paths']));
  const { pairs } = pairOperations(old ?? [], now ?? []);
  const [texts, others] = [new Closure(before), new Closure(after)];
  return pairs.filter(([then, current]) => {
    if (canonical(contentOf(then)) !== canonical(contentOf(current))) return true;
    const references = new Set([...texts.of(contentOf(then)), ...others.of(contentOf(current))]);
    return [...references].some((each) => texts.text(each) !== others.text(each));
  });
}

/** A document with these operations alone, and the components that they need, as one direction sees them. */
export function documentOf(
  spec: Spec,
  operations: readonly Operation[],
  direction: Direction,
): Json {
  const closure = new Closure(spec);
  const paths: Record<string, Json> = {};
  for (const { path, method, node, parameters } of operations) {
    const { operationId: _, callbacks: __, tags: ___, security: ____, ...rest } = node;
    const item = paths[path] ?? {};
    paths[path] = { ...item, [method]: { ...rest, parameters: [...parameters.values()] } };
  }
  const components: Record<string, Json> = {};
  for (const reference of closure.of(paths)) {
    const [, section = '', name = ''] = /^#\/components\/([^/]+)\/([^/]+)/.exec(reference) ?? [];
    const decoded = decode(name);
    const node = spec.component(section, decoded);
    if (node !== undefined) components[section] = { ...components[section], [decoded]: node };
  }
  const keyword = direction === 'request' ? 'readOnly' : 'writeOnly';
  const isHidden = (node: unknown) =>
    own(node, keyword) === true || own(spec.resolve(node), keyword) === true;
  const document = { openapi: '3.1.0', info: { title: '', version: '' }, paths, components };
  return record(viewOf(document, direction, isHidden));
}

function contentOf({ node, parameters }: Operation): Json {
  return { ...node, parameters: [...parameters.values()] };
}

/** The references that a part of a document leads to, all the way. */
class Closure {
  readonly #spec: Spec;
  readonly #direct = new Map<string, string[]>();
  readonly #texts = new Map<string, string>();

  constructor(spec: Spec) {
    this.#spec = spec;
  }

  of(node: unknown): Set<string> {
    const all = new Set(referencesIn(node));
    for (const reference of all) for (const next of this.#next(reference)) all.add(next);
    return all;
  }

  text(reference: string): string {
    const known = this.#texts.get(reference) ?? canonical(this.#spec.target(reference));
    this.#texts.set(reference, known);
    return known;
  }

  #next(reference: string): string[] {
    const known = this.#direct.get(reference) ?? referencesIn(this.#spec.target(reference));
    this.#direct.set(reference, known);
    return known;
  }
}

function referencesIn(node: unknown): string[] {
  const found: string[] = [];
  const open: unknown[] = [node];
  while (open.length > 0) {
    const value = open.pop();
    if (Array.isArray(value)) open.push(...value);
    else if (isRecord(value)) {
      if (typeof value['$ref'] === 'string') found.push(value['$ref']);
      open.push(...Object.values(value));
    }
  }
  return found;
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return name;
  }
}
