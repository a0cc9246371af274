import { valueIn, withValue } from '@org/codegen/item-id';
import type { Behavior } from '@org/codegen/model';
import type { IHttpOperation } from '@stoplight/types';
import { bodySchema, namedInBody, responseOf, successOf } from '../api/api.ts';
import { invalid, type Responder, withUnstored } from './answer.ts';
import { refitted } from './branch.ts';
import {
  type Changes,
  changesIn,
  mergedWith,
  namedWith,
  propertiesOf,
  replacedBy,
  unstoredIn,
  withoutProperties,
} from './changes.ts';
import { issuesOf } from './contract.ts';
import { compileCreate } from './create.ts';
import { marked, unmarked } from './deletion-marks.ts';
import { mayAssume } from './existence.ts';
import { compileAnswer } from './item-answer.ts';
import { applyPatch, patchIn } from './json-patch.ts';
import { notFound, refuse } from './refusals.ts';
import type { Scope } from './scope.ts';
import type { ScopedCollection } from './scoped-collection.ts';
import type { State } from './state.ts';
import type { Item } from './store.ts';
import { compileMask } from './update-mask.ts';
import { inputOf } from './wrapper.ts';

export function compileItem(
  operation: IHttpOperation,
  behavior: Extract<Behavior, { collection: string }>,
  collection: ScopedCollection,
  state: State,
): Responder {
  const { schema, definition } = collection;
  const answer = compileAnswer(operation, collection, definition.idProperty);
  const isAction = behavior.kind === 'action';
  const input = inputOf(bodySchema(operation), schema, { isAction });
  const replaced = replacedBy(input.schema).filter((name) => name !== definition.idProperty);
  const set = isAction ? behavior.set : undefined;
  const restores = isAction && behavior.restores;
  const subjectOf = (scope: Scope, id: string) => ({
    name: definition.name,
    scope,
    id: collection.wholeID(scope, id),
  });
  /** Adds an item again as it was before it was deleted. */
  const restored = (scope: Scope, id: string): Item | undefined => {
    const before = state.history.lastOf(subjectOf(scope, id))?.before;
    return before && collection.add(scope, before);
  };
  /** What is to change of an item that says that it is deleted. */
  const unmarking = (scope: Scope, id: string, item: Item): Changes =>
    unmarked(item, schema, (property, fits) =>
      state.history.lastValue(subjectOf(scope, id), property, fits),
    );
  const identity = [
    definition.idProperty,
    ...definition.scope.flatMap(({ property }) => property ?? []),
  ];
  const named = namedInBody(behavior);
  const isCreated = state.api.operations.some(({ iid }) => {
    const other = state.api.behavior(iid);
    return other.kind === 'create' && other.collection === definition.name;
  });
  const isGroup = definition.scope.length > 0 || !isCreated;
  const create = addsItems(operation, behavior.kind, isGroup)
    ? compileCreate(operation, {}, collection, state, createdOf(operation))
    : undefined;
  const mask = compileMask(operation, schema);
  const isAssumed = mayAssume(operation, collection, state);
  const isMerged = operation.request?.body?.contents?.some(({ mediaType }) =>
    /^application\/(?:merge-patch|vnd\.api)\+json\b/i.test(mediaType),
  );
  return (call) => {
    const { scope, params, query, body: whole } = call;
    // A read-only id names the item all the same.
    const id = String((named === undefined ? call.id : valueIn(whole, named)) ?? '');
    const known = collection.get(scope, id) ?? (restores ? restored(scope, id) : undefined);
    if (!known && create) return create(call);
    const item = known ?? (isAssumed && id !== '' ? collection.assume(scope, id) : undefined);
    if (!item) return notFound(id);
    // What an item is called, and what it belongs to, stays.
    const withID = (changed: Item) =>
      identity.reduce((made, path) => withValue(made, path, valueIn(item, path)), changed);
    const sent = input.read(whole, behavior.kind === 'replace' ? undefined : item);
    const { body, unset } = mask(behavior.kind === 'update' ? query : {}, sent);
    const values: Changes = { ...params, ...propertiesOf(body) };
    if (behavior.kind === 'retrieve') return answer(item, collection, scope, values);
    if (behavior.kind === 'delete') {
      state.remove(collection, scope, id);
      return answer(marked(item), collection, scope, values);
    }
    const patch = patchIn(whole);
    if (patch) {
      const patched = applyPatch(item, patch);
      if ('failed' in patched)
        return invalid(String(patched['failed']), 'the patch does not apply');
      const changed = withID(patched);
      const refused = refuse(state, changed, changed, collection, undefined);
      if (refused) return refused;
      return answer(collection.replace(scope, id, changed), collection, scope, values);
    }
    const asked = changesIn(schema, body);
    const kept =
      behavior.kind === 'replace' ? withoutProperties(item, replaced, schema, asked) : item;
    const isUpdate = behavior.kind === 'update';
    const change = (wanted: Changes) => {
      const undone = restores ? unmarking(scope, id, item) : undefined;
      const sent = { ...wanted, ...unset, ...undone, ...structuredClone(set) };
      const changes = withValue(sent, definition.idProperty, undefined);
      const whole = Object.entries({ ...kept, ...changes });
      const made = withID(Object.fromEntries(whole.filter(([, value]) => value !== undefined)));
      const isValid = (one: Item) => issuesOf(state.api, one, schema).length === 0;
      const fitted = refitted(schema, item, made, changes, isValid);
      // Another alternative may require more than the request says.
      const changed = fitted === made ? made : collection.create(scope, fitted);
      return { changed, refused: refuse(state, changed, changes, collection, input.schema) };
    };
    const wanted = isMerged ? mergedWith(item, asked) : namedWith(item, asked, schema);
    const first = change(isUpdate ? wanted : asked);
    // An object in a body that lacks what the item's requires is a part of it.
    const made = first.refused && isUpdate ? change(mergedWith(item, asked)) : first;
    if (made.refused) return first.refused ?? made.refused;
    const fixed = identity.filter((path) => {
      const sent = valueIn(asked, path);
      return sent !== undefined && String(sent) !== String(valueIn(item, path));
    });
    return withUnstored(
      answer(collection.replace(scope, id, made.changed), collection, scope, values),
      [...unstoredIn(input.schema, body, asked), ...fixed],
    );
  };
}

function createdOf(operation: IHttpOperation): number {
  return responseOf(operation, 201) ? 201 : successOf(operation);
}

/** Whether a change of an item that does not exist adds it: the document then has a 201 besides another success. */
function addsItems(
  { request, responses }: IHttpOperation,
  kind: Behavior['kind'],
  isGroup: boolean,
): boolean {
  const codes = responses.map(({ code }) => code);
  const hasBoth = codes.includes('201') && ['200', '204'].some((code) => codes.includes(code));
  // Without a body, there is nothing else that it could do: it adds a member to a group.
  const isMember = kind === 'replace' && !request?.body && isGroup;
  return isMember || (hasBoth && (kind === 'replace' || kind === 'update'));
}
