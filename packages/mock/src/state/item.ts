import { valueIn, withValue } from '@org/codegen/item-id';
import type { Behavior } from '@org/codegen/model';
import type { IHttpOperation } from '@stoplight/types';
import { bodySchema, namedInBody } from '../api/api.ts';
import { invalid, type Responder } from './answer.ts';
import {
  type Changes,
  changesIn,
  mergedWith,
  propertiesOf,
  replacedBy,
  withoutProperties,
} from './changes.ts';
import { compileCreate } from './create.ts';
import { mayAssume } from './existence.ts';
import { compileAnswer } from './item-answer.ts';
import { applyPatch, patchIn } from './json-patch.ts';
import { notFound, refuse } from './refusals.ts';
import type { ScopedCollection } from './scoped-collection.ts';
import type { State } from './state.ts';
import type { Item } from './store.ts';
import { inputOf } from './wrapper.ts';

export function compileItem(
  operation: IHttpOperation,
  behavior: Extract<Behavior, { collection: string }>,
  collection: ScopedCollection,
  state: State,
): Responder {
  const { schema, definition } = collection;
  const answer = compileAnswer(operation, collection, definition.idProperty);
  const input = inputOf(bodySchema(operation), schema);
  const replaced = replacedBy(input.schema).filter((name) => name !== definition.idProperty);
  const set = behavior.kind === 'action' ? behavior.set : undefined;
  const identity = [
    definition.idProperty,
    ...definition.scope.flatMap(({ property }) => property ?? []),
  ];
  const named = namedInBody(behavior);
  const create = addsItems(operation, behavior.kind)
    ? compileCreate(operation, undefined, collection, state, 201)
    : undefined;
  const isAssumed = mayAssume(operation, collection, state);
  const isMerged = operation.request?.body?.contents?.some(({ mediaType }) =>
    /^application\/(?:merge-patch|vnd\.api)\+json\b/i.test(mediaType),
  );
  return (call) => {
    const { scope, params, body: whole } = call;
    const body = input.read(whole);
    // A read-only id names the item all the same.
    const id = String((named === undefined ? call.id : valueIn(whole, named)) ?? '');
    const known = collection.get(scope, id);
    if (!known && create) return create(call);
    const item = known ?? (isAssumed && id !== '' ? collection.assume(scope, id) : undefined);
    if (!item) return notFound(id);
    // What an item is called, and what it belongs to, stays.
    const withID = (changed: Item) =>
      identity.reduce((made, path) => withValue(made, path, valueIn(item, path)), changed);
    const values: Changes = { ...params, ...propertiesOf(body) };
    if (behavior.kind === 'retrieve') return answer(item, collection, scope, values);
    if (behavior.kind === 'delete') {
      state.remove(collection, scope, id);
      return answer(item, collection, scope, values);
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
    const kept = behavior.kind === 'replace' ? withoutProperties(item, replaced, schema) : item;
    const asked = changesIn(schema, body);
    const merged = isMerged && behavior.kind === 'update' ? mergedWith(item, asked) : asked;
    const sent = { ...merged, ...structuredClone(set) };
    const changes = withValue(sent, definition.idProperty, undefined);
    const changed = withID({ ...kept, ...changes });
    const refused = refuse(state, changed, changes, collection, input.schema);
    if (refused) return refused;
    return answer(collection.replace(scope, id, changed), collection, scope, values);
  };
}

/** Whether a change of an item that does not exist adds it: the document then has a 201 besides another success. */
function addsItems({ responses }: IHttpOperation, kind: Behavior['kind']): boolean {
  const codes = responses.map(({ code }) => code);
  const hasBoth = codes.includes('201') && ['200', '204'].some((code) => codes.includes(code));
  return hasBoth && (kind === 'replace' || kind === 'update');
}
