import { valueIn } from '@org/codegen/item-id';
import type { Behavior, View } from '@org/codegen/model';
import type { IHttpOperation } from '@stoplight/types';
import type { Responder } from './answer.ts';
import type { Changes } from './changes.ts';
import { asProperty } from './item-maker.ts';
import { notFound } from './refusals.ts';
import type { Scope } from './scope.ts';
import type { ScopedCollection } from './scoped-collection.ts';
import type { State } from './state.ts';

/** A list or a create at another path than that of the items. */
export function isView(behavior: Behavior): behavior is Extract<Behavior, View> {
  return ('every' in behavior && behavior.every === true) || 'where' in behavior;
}

/** Answers 404 where the parameters of a view name nothing, and gives what is created its place. */
export function inView(
  { where = [], every, kind }: Extract<Behavior, View>,
  { definition, schema }: ScopedCollection,
  respond: Responder,
  state: State,
): Responder {
  return (call) => {
    const { params, body } = call;
    const unknown = where.find(({ param, collection: name }) => {
      const owner = name === undefined ? undefined : state.collection(name);
      return owner?.definition.scope.length === 0 && !owner.get([], params[param] ?? '');
    });
    if (unknown) return notFound(params[unknown.param]);
    const scope = definition.scope.map(({ param, property }, i) =>
      String(valueIn(body, property ?? param) ?? definition.self?.[i]),
    );
    if (every) return respond({ ...call, scope });
    const placed: Changes = {};
    for (const { param, property } of where)
      placed[property] = asProperty(schema, property, params[param]);
    return respond(kind === 'create' ? { ...call, placed } : call);
  };
}

/** Answers 404 where something does not exist that the path goes through. */
export function inScope(
  collection: ScopedCollection | undefined,
  respond: Responder,
  { operation, state, length }: { operation: IHttpOperation; state: State; length?: number },
): Responder {
  if (!collection) return respond;
  return (call) => {
    // A singleton's collection is its parent, whose own id is the last of the scope.
    const missing =
      length === undefined
        ? missingParent(collection, call.scope)
        : collection.missingIn(call.scope);
    if (missing === undefined || assume(collection, call.scope, missing)) return respond(call);
    return notFound(call.scope[missing]);
  };

  /** Whether what a scope names at an index, and all above, may be taken to exist. */
  function assume(below: ScopedCollection, scope: Scope, missing: number): boolean {
    let owner: ScopedCollection | undefined = below;
    while (owner && owner.definition.scope.length > missing) owner = owner.parent;
    return (
      owner?.definition.scope.length === missing &&
      mayAssume(operation, owner, state) &&
      owner.assume(scope.slice(0, missing), scope[missing] ?? '') !== undefined &&
      below.missingIn(scope) === undefined
    );
  }
}

/**
 * Whether an item that was never there is taken to exist: no list shows which ones there are, and the document has no
 * response for those that are not.
 */
export function mayAssume(
  { responses }: IHttpOperation,
  { definition: { name, path } }: ScopedCollection,
  { api }: State,
): boolean {
  const fails = responses.some(({ code }) => ['404', '4XX', '4xx', 'default'].includes(code));
  const isListed = api.operations.some((operation) => {
    const behavior = api.behavior(operation.iid);
    return behavior.kind === 'list' && behavior.collection === name && operation.path === path;
  });
  return !fails && !isListed;
}

function missingParent(parent: ScopedCollection, scope: readonly string[]): number | undefined {
  const { length } = parent.definition.scope;
  const above = scope.slice(0, length);
  return parent.missingIn(above) ?? (parent.get(above, scope[length] ?? '') ? undefined : length);
}
