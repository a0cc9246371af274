import type { Behavior } from '@org/codegen/model';
import { closest } from '@org/openapi';
import type { API, Operation } from '../api/api.ts';
import { type Details, detailsOf } from '../state/item-schema.ts';
import { CopyError } from './options.ts';
import { requiredParameters } from './reader.ts';

/** A collection, or single objects, and how to read them. */
export interface Step {
  name: string;
  operation: Operation;
  /** How a collection is paged; undefined for single objects. */
  list: Extract<Behavior, { kind: 'list' }> | undefined;
  /** The parameters of its path, in order. */
  params: readonly string[];
  /** How to read what lists of the collection leave out of an item; undefined if they leave nothing out. */
  details: (Details & { param: string }) | undefined;
  /** The collection whose items are named by the last of them. */
  parent: string | undefined;
}

/** What is read, parents before children, and what cannot be read, with the reason. */
export interface Plan {
  steps: Step[];
  unreadable: { name: string; reason: string }[];
}

/**
 * Decides what is read of an API.
 *
 * @param only names of collections; those that they are below of are read as well, to know their ids
 * @throws {CopyError} for a name that is none
 */
export function planCopy(api: API, only: readonly string[] | undefined): Plan {
  const all = [...collectionSteps(api), ...singletonSteps(api)];
  all.sort((a, b) => a.params.length - b.params.length);
  const names = [...api.collections.map(({ name }) => name), ...all.map(({ name }) => name)];
  checkNames(only, new Set(names));
  const wanted = only && withParents(only, all);
  const plan: Plan = { steps: [], unreadable: [] };
  for (const { name } of api.collections) {
    if (all.some((step) => step.name === name) || (wanted && !wanted.has(name))) continue;
    plan.unreadable.push({ name, reason: 'The document has no operation that lists it.' });
  }
  const readable = new Map<string, Step>();
  for (const step of all) {
    if (wanted && !wanted.has(step.name)) continue;
    const reason = obstacle(step, readable);
    if (reason) plan.unreadable.push({ name: step.name, reason });
    else {
      const missing = step.details && unknownValues(step.details.operation);
      if (missing) {
        const reason = `Its items lack what its list leaves out: ${missing}`;
        plan.unreadable.push({ name: step.name, reason });
      }
      plan.steps.push(missing ? { ...step, details: undefined } : step);
      if (step.list) readable.set(step.name, step);
    }
  }
  return plan;
}

function collectionSteps(api: API): Step[] {
  return api.collections.flatMap(({ name, path, scope, idProperty, itemParam }): Step[] => {
    // Further lists may show a part of the items.
    const [found] = api.operations.flatMap((operation) => {
      const behavior = api.behavior(operation.iid);
      const isOfIt = behavior.kind === 'list' && behavior.collection === name;
      return isOfIt && operation.path === path ? [{ operation, list: behavior }] : [];
    });
    if (!found) return [];
    const params = scope.map(({ param }) => param);
    const more = detailsOf(api, name, idProperty);
    const details = more && itemParam !== undefined ? { ...more, param: itemParam } : undefined;
    return [{ name, ...found, params, details, parent: parentOf(scope) }];
  });
}

function singletonSteps(api: API): Step[] {
  return api.operations.flatMap((operation): Step[] => {
    const behavior = api.behavior(operation.iid);
    if (behavior.kind !== 'singleton.retrieve') return [];
    const { singleton: name, scope } = behavior;
    const params = scope.map(({ param }) => param);
    const parent = parentOf(scope);
    return [{ name, operation, list: undefined, params, details: undefined, parent }];
  });
}

function parentOf(scope: readonly { collection: string | undefined }[]): string | undefined {
  return scope.at(-1)?.collection;
}

/** Why something cannot be read; undefined where it can. */
function obstacle(step: Step, readable: ReadonlyMap<string, Step>): string | undefined {
  const { params, parent, operation, list } = step;
  const missing = unknownValues(operation, list?.paging.size);
  if (missing) return missing;
  if (params.length === 0) return undefined;
  const above = parent === undefined ? undefined : readable.get(parent);
  if (!above && parent !== undefined) return `It is below ${parent}, which cannot be read.`;
  if (!above || above.params.length !== params.length - 1)
    return `No collection has the values of ${params.join(', ')} in ${operation.path}.`;
  return undefined;
}

/** Why an operation cannot be called: the values of required parameters; undefined if they are known. */
function unknownValues(operation: Operation, size?: string): string | undefined {
  const { unknown } = requiredParameters(operation, size);
  if (unknown.length === 0) return undefined;
  return `${operation.path} requires ${unknown.join(', ')}, for which the document names no value.`;
}

function withParents(only: readonly string[], all: readonly Step[]): Set<string> {
  const wanted = new Set(only);
  for (const name of wanted) {
    const parent = all.find((step) => step.name === name)?.parent;
    if (parent !== undefined) wanted.add(parent);
  }
  return wanted;
}

function checkNames(only: readonly string[] = [], known: ReadonlySet<string>): void {
  const unknown = only.find((name) => !known.has(name));
  if (unknown === undefined) return;
  const similar = closest(unknown, known);
  const hint =
    similar.length > 0
      ? `Did you mean ${similar.join(', ')}?`
      : `Collections: ${[...known].join(', ')}.`;
  throw new CopyError(`The API has no collection ${JSON.stringify(unknown)}. ${hint}`);
}
