import { valueIn, withValue } from '@org/codegen/item-id';
import type { IHttpOperation } from '@stoplight/types';
import { bodySchema, responseOf, successOf } from '../api/api.ts';
import { propertyOf, type Schema } from '../api/schema.ts';
import type { Call, Refusal, Responder } from './answer.ts';
import { type Changes, changesIn, defaultsOf, firstValues, propertiesOf } from './changes.ts';
import { arrayItems, compileAnswer, compileArrayAnswer } from './item-answer.ts';
import { asProperty } from './item-maker.ts';
import { compileLocation } from './location.ts';
import { refuse } from './refusals.ts';
import { isSameObject } from './same-schema.ts';
import type { ScopedCollection } from './scoped-collection.ts';
import type { State } from './state.ts';
import { inputOf } from './wrapper.ts';

/** @param options.id the parameter that becomes the item's id; `items`: the property of the body that has several */
export function compileCreate(
  operation: IHttpOperation,
  { id: idName, items: holder }: { id?: string; items?: string },
  collection: ScopedCollection,
  state: State,
  status = successOf(operation),
): Responder {
  const { schema, definition } = collection;
  const { idProperty } = definition;
  const answer = compileAnswer(operation, collection, idProperty, status);
  const answerAll = compileArrayAnswer(operation, collection, status);
  const sentSchema = bodySchema(operation);
  const list = holder === undefined ? sentSchema : asSchema(propertyOf(sentSchema, holder));
  const input = inputOf(arrayItems(list, operation) ?? sentSchema, schema);
  // Two items cannot have the same id, and what an item belongs to is in its path.
  const places = [idProperty, ...definition.scope.map(({ param, property }) => property ?? param)];
  const said = { ...firstValues(schema), ...changesIn(schema, defaultsOf(input.schema)) };
  const defaults = places.reduce((all, path) => withValue(all, path, undefined), said);
  const isLocated = responseOf(operation, status)?.headers?.some(
    ({ name }) => name.toLowerCase() === 'location',
  );
  const locationOf = isLocated ? compileLocation(operation, definition, state.api) : undefined;
  const exists = (id: unknown): Refusal => {
    const message = `An object with the id ${JSON.stringify(id)} exists already.`;
    const code = responseOf(operation, 409) ? 409 : 400;
    return { status: code, message, param: idName ?? idProperty };
  };
  /** The item of the same schema and id elsewhere: who becomes a member of a group is one of the users. */
  const twins = [...state.collections.values()].filter(
    (one) =>
      one !== collection && one.definition.scope.length === 0 && isSameObject(one.schema, schema),
  );
  const twinOf = (id: string) => {
    for (const one of twins) {
      const found = one.get([], id);
      if (found) return found;
    }
    return undefined;
  };
  const prepare = ({ scope, id, params, query, body: request, placed = {} }: Call) => {
    const body = input.read(request);
    const sent = changesIn(schema, body);
    const values: Changes = { ...params, ...propertiesOf(body) };
    const asked =
      id ?? (idName && (valueIn(values, idName) ?? query[idName])) ?? valueIn(sent, idProperty);
    const own = isUnset(asked) ? undefined : asked;
    if (own !== undefined && collection.get(scope, String(own))) return exists(own);
    const twin = own === undefined ? undefined : twinOf(String(own));
    let whole: Changes = { ...structuredClone(defaults), ...twin, ...sent };
    for (const [property, value] of Object.entries(placed))
      whole = withValue(whole, property, value);
    const set =
      own === undefined
        ? own
        : asProperty(schema, idProperty, collection.idFor(scope, String(own)));
    const given = withValue(whole, idProperty, set);
    const item = collection.create(scope, given);
    return refuse(state, item, sent, collection, input.schema) ?? { item, values, id: own };
  };
  const createOne: Responder = (call) => {
    const made = prepare(call);
    if ('status' in made) return made;
    const added = collection.add(call.scope, made.item);
    const reply = answer(added, collection, call.scope, made.values);
    return locationOf ? { ...reply, headers: locationOf(added, call) } : reply;
  };
  return (call) => {
    const sent = holder === undefined ? call.body : valueIn(call.body, holder);
    if (!Array.isArray(sent)) return createOne(call);
    const calls = sent.map((body: unknown) => ({ ...call, body }));
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

function asSchema(schema: Schema | boolean | undefined): Schema | undefined {
  return typeof schema === 'object' ? schema : undefined;
}

/** Asks for an id, as does none at all: null, and what programs send that have to send an id. */
function isUnset(id: unknown): boolean {
  return id === null || id === 0 || id === '' || id === '00000000-0000-0000-0000-000000000000';
}
