import { valueIn, withValue } from '@org/codegen/item-id';
import type { IHttpOperation } from '@stoplight/types';
import { bodySchema, responseOf, successOf } from '../api/api.ts';
import type { Call, Refusal, Responder } from './answer.ts';
import { type Changes, changesIn, defaultsOf, propertiesOf } from './changes.ts';
import { arrayItems, compileAnswer, compileArrayAnswer } from './item-answer.ts';
import { asProperty } from './item-maker.ts';
import { refuse } from './refusals.ts';
import type { ScopedCollection } from './scoped-collection.ts';
import type { State } from './state.ts';
import type { Item } from './store.ts';
import { inputOf } from './wrapper.ts';

export function compileCreate(
  operation: IHttpOperation,
  idName: string | undefined,
  collection: ScopedCollection,
  state: State,
  status = successOf(operation),
): Responder {
  const { schema, definition } = collection;
  const { idProperty } = definition;
  const answer = compileAnswer(operation, collection, idProperty, status);
  const answerAll = compileArrayAnswer(operation, collection, status);
  const sentSchema = bodySchema(operation);
  const input = inputOf(arrayItems(sentSchema, operation) ?? sentSchema, schema);
  // Two items cannot have the same one.
  const defaults = withValue(changesIn(schema, defaultsOf(input.schema)), idProperty, undefined);
  const isLocated = responseOf(operation, status)?.headers?.some(
    ({ name }) => name.toLowerCase() === 'location',
  );
  const exists = (id: unknown): Refusal => {
    const message = `An object with the id ${JSON.stringify(id)} exists already.`;
    const code = responseOf(operation, 409) ? 409 : 400;
    return { status: code, message, param: idName ?? idProperty };
  };
  const prepare = ({ scope, id: named, params, query, body: request, placed = {} }: Call) => {
    const body = input.read(request);
    const sent = changesIn(schema, body);
    let whole: Changes = { ...structuredClone(defaults), ...sent };
    for (const [property, value] of Object.entries(placed))
      whole = withValue(whole, property, value);
    const values: Changes = { ...params, ...propertiesOf(body) };
    const asked =
      named ?? (idName && (valueIn(values, idName) ?? query[idName])) ?? valueIn(whole, idProperty);
    const id = isUnset(asked) ? undefined : asked;
    const given = withValue(
      whole,
      idProperty,
      id === undefined ? id : asProperty(schema, idProperty, id),
    );
    if (id !== undefined && collection.get(scope, String(id))) return exists(id);
    const item = collection.create(scope, given);
    return refuse(state, item, sent, collection, input.schema) ?? { item, values, id };
  };
  const createOne: Responder = (call) => {
    const made = prepare(call);
    if ('status' in made) return made;
    const added = collection.add(call.scope, made.item);
    const reply = answer(added, collection, call.scope, made.values);
    return isLocated ? { ...reply, headers: locationOf(added, definition, call.address) } : reply;
  };
  return (call) => {
    if (!Array.isArray(call.body)) return createOne(call);
    const calls = call.body.map((body: unknown) => ({ ...call, body }));
    const ids = new Set<string>();
    // All of them are added, or none.
    for (const one of calls) {
      const made = prepare(one);
      if ('status' in made) return made;
      if (made.id === undefined) continue;
      if (ids.has(String(made.id))) return exists(made.id);
      ids.add(String(made.id));
    }
    const added = calls.flatMap((one) => {
      const made = prepare(one);
      return 'item' in made ? [collection.add(call.scope, made.item)] : [];
    });
    return answerAll(added) ?? answer(added[0] ?? {}, collection, call.scope, call.params);
  };
}

/** Asks for an id, as does none at all: null, and what programs send that have to send an id. */
function isUnset(id: unknown): boolean {
  return id === null || id === 0 || id === '' || id === '00000000-0000-0000-0000-000000000000';
}

/** Where an item that was added is. */
function locationOf(
  item: Item,
  { idProperty, itemParam }: ScopedCollection['definition'],
  address: string,
): Record<string, string> {
  const id = valueIn(item, idProperty);
  if (itemParam === undefined || id === undefined) return {};
  const name = encodeURIComponent(String(id));
  const location = address.replace(
    /(\.json|\.xml)?(\/?)$/,
    (_, extension = '', slash = '') => `/${name}${extension}${slash}`,
  );
  return { location };
}
