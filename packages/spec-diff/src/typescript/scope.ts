import { parsePointer } from '@org/openapi';
import type { Direction } from '../change/change.ts';
import { type Json, own, record } from '../document/json.ts';
import { type Operation, operationsOf } from '../document/operations.ts';
import { referencesIn, type Sameness } from '../document/sameness.ts';
import type { Sides, Spec } from '../document/spec.ts';
import { pairOperations } from '../rules/api/operations.ts';
import { viewOf } from './view.ts';

/** One operation on both sides. */
export type OperationPair = readonly [before: Operation, after: Operation];

/** A changed operation that exists on both sides. */
export interface ChangedOperation {
  pair: OperationPair;
  /** Equal for operations that changed only through the same components; undefined for others. */
  alike: string | undefined;
  /** How many references lie before the first component that changed. */
  distance: number;
}

/** The changed operations that exist on both sides, changed directly or through references. */
export function changedOperations(
  { before, after }: Sides<Spec>,
  sameness: Sameness,
): ChangedOperation[] {
  const [old, now] = [before, after].map((spec) => operationsOf(spec, spec.document['paths']));
  const { pairs } = pairOperations(old ?? [], now ?? []);
  const closures = [new Closure(before), new Closure(after)] as const;
  const { different, affected } = sameness.references;
  return pairs.flatMap((pair): ChangedOperation[] => {
    const contents = pair.map(contentOf);
    if (!sameness.equal(...(contents as [Json, Json]))) {
      return [{ pair, alike: undefined, distance: 0 }];
    }
    if (!referencesIn(contents[0]).some((reference) => affected.has(reference))) return [];
    const reached = contents.flatMap(({ responses, ...request }, side) =>
      [request, responses].map((part) => [...(closures[side]?.of(part) ?? [])]),
    );
    const found = reached.map((all) => all.filter((each) => different.has(each)).sort());
    const places = reached.map((all) => all.findIndex((each) => different.has(each)));
    const distance = Math.min(...places.filter((place) => place >= 0));
    return [{ pair, alike: JSON.stringify(found), distance }];
  });
}

/**
 * Those that stand for the others: of operations that changed through the same components, the few that are nearest to
 * them. A shared schema is in the types of all of them alike.
 */
export function representatives(
  operations: readonly ChangedOperation[],
  mostAlike: number,
): OperationPair[] {
  const counts = new Map<string, number>();
  const nearest = [...operations].sort((a, b) => a.distance - b.distance);
  return nearest.flatMap(({ pair, alike }) => {
    if (alike === undefined) return [pair];
    const count = (counts.get(alike) ?? 0) + 1;
    counts.set(alike, count);
    return count > mostAlike ? [] : [pair];
  });
}

/** A document with only these operations and the components that they need, for one direction. */
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
    const [root, section = '', name = ''] = parsePointer(reference);
    const node = root === 'components' ? spec.component(section, name) : undefined;
    if (node !== undefined) components[section] = { ...components[section], [name]: node };
  }
  const keyword = direction === 'request' ? 'readOnly' : 'writeOnly';
  const isHidden = (node: unknown) =>
    own(node, keyword) === true || own(spec.resolve(node), keyword) === true;
  const document = { openapi: '3.1.0', info: { title: '', version: '' }, paths, components };
  return record(viewOf(document, isHidden, (reference) => spec.find(reference)));
}

function contentOf({ node, parameters }: Operation): Json {
  return { ...node, parameters: [...parameters.values()] };
}

/** All references that a part of a document reaches. */
export class Closure {
  readonly #spec: Spec;
  readonly #direct = new Map<string, string[]>();

  constructor(spec: Spec) {
    this.#spec = spec;
  }

  of(node: unknown): Set<string> {
    const all = new Set(referencesIn(node));
    for (const reference of all) for (const next of this.#next(reference)) all.add(next);
    return all;
  }

  #next(reference: string): string[] {
    const known = this.#direct.get(reference) ?? referencesIn(this.#spec.target(reference));
    this.#direct.set(reference, known);
    return known;
  }
}
