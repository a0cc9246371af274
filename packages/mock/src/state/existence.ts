import { valueIn } from '@org/codegen/item-id';
import type { Behavior, View } from '@org/codegen/model';
import { normalize } from '@org/codegen/paths';
import type { IHttpOperation } from '@stoplight/types';
import { propertyAt } from '../api/schema.ts';
import type { Refusal, Responder } from './answer.ts';
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
  { operation, state }: { operation: IHttpOperation; state: State },
): Responder {
  const missing = compileMissing(operation, state);
  return (call) => {
    const { params, body } = call;
    const refused = missing(params);
    if (refused) return refused;
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

/**
 * Refuses a path that goes through an item that does not exist, or is below one. What an operation does there need not be
 * known: nobody has the avatar of a deleted user.
 */
export function compileMissing(
  operation: IHttpOperation,
  state: State,
): (params: Readonly<Record<string, string>>) => Refusal | undefined {
  const { path } = operation;
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  const owners = names.flatMap((name, length) => {
    const above = normalize(path.slice(0, path.indexOf(`{${name}}`)).replace(/(?:\/|\('?)$/, ''));
    const owner = [...state.collections.values()].find(
      ({ schema, definition: { path: at, scope, itemParam, idProperty } }) =>
        normalize(at) === above &&
        scope.length === length &&
        itemParam !== undefined &&
        propertyAt(schema, idProperty) !== undefined,
    );
    return owner ? [{ owner, name, length }] : [];
  });
  return (params) => {
    const values = names.map((name) => params[name] ?? '');
    const missing = owners.find(({ owner, length }) => {
      const [scope, id = ''] = [values.slice(0, length), values[length]];
      if (owner.get(scope, id)) return false;
      const wasThere = owner.indexOf(scope, id) !== undefined;
      return wasThere || !mayAssume(operation, owner, state);
    });
    return missing && notFound(params[missing.name]);
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
  operation: IHttpOperation,
  { definition: { name, path } }: ScopedCollection,
  { api }: State,
): boolean {
  const isListed = api.operations.some((list) => {
    const behavior = api.behavior(list.iid);
    return behavior.kind === 'list' && behavior.collection === name && list.path === path;
  });
  return !canFail(operation) && !isListed;
}

/** Whether the document has a response for what does not exist. */
export function canFail({ responses }: IHttpOperation): boolean {
  return responses.some(({ code }) => ['404', '4XX', '4xx', 'default'].includes(code));
}

function missingParent(parent: ScopedCollection, scope: readonly string[]): number | undefined {
  const { length } = parent.definition.scope;
  const above = scope.slice(0, length);
  return parent.missingIn(above) ?? (parent.get(above, scope[length] ?? '') ? undefined : length);
}
