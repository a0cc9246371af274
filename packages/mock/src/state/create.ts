import { valueIn, withValue } from '@org/codegen/item-id';
import type { IHttpOperation } from '@stoplight/types';
import { bodySchema, responseOf, successOf } from '../api/api.ts';
import { objectsOf, propertyAt, propertyOf, type Schema, shapeOf } from '../api/schema.ts';
import { type Call, type Refusal, type Responder, withUnstored } from './answer.ts';
import { branchOf } from './branch.ts';
import {
  type Changes,
  changesIn,
  defaultsOf,
  firstValues,
  propertiesOf,
  unstoredIn,
} from './changes.ts';
import { canFail } from './existence.ts';
import { arrayItems, compileAnswer, compileArrayAnswer } from './item-answer.ts';
import { asProperty } from './item-maker.ts';
import { compileLocation } from './location.ts';
import { notFound, refuse } from './refusals.ts';
import type { Scope } from './scope.ts';
import type { ScopedCollection } from './scoped-collection.ts';
import type { State } from './state.ts';
import { twinsOf } from './twins.ts';
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
  const usual = (body: Schema | undefined, sent: Changes): Changes => {
    const said = changesIn(schema, defaultsOf(body));
    const own = branchOf(schema, { ...said, ...sent }, sent) ?? schema;
    const all = { ...firstValues(own), ...said };
    return places.reduce((made, path) => withValue(made, path, undefined), all);
  };
  const isUnion = objectsOf(schema).length > 1 || objectsOf(input.schema).length > 1;
  const defaults = usual(input.schema, {});
  const isLocated = responseOf(operation, status)?.headers?.some(
    ({ name }) => name.toLowerCase() === 'location',
  );
  const locationOf = isLocated ? compileLocation(operation, definition, state.api) : undefined;
  const exists = (id: unknown): Refusal => {
    const message = `An object with the id ${JSON.stringify(id)} exists already.`;
    const code = responseOf(operation, 409) ? 409 : 400;
    return { status: code, message, param: idName ?? idProperty };
  };
  const twinOf = twinsOf(collection, idName ?? definition.itemParam, state);
  const isFound = canFail(operation);
  const isShown = shownIDs(operation, collection, (example) =>
    valueIn(changesIn(schema, input.read(example)), idProperty),
  );
  /** Whether an item was there from the start, and has an id that the document shows for what is created. */
  const isReplaced = (scope: Scope, id: string) => isShown(id) && collection.isGenerated(scope, id);
  const prepare = ({ scope, id, params, query, body: request, placed = {} }: Call) => {
    const body = input.read(request);
    const sent = changesIn(schema, body);
    const values: Changes = { ...params, ...propertiesOf(body) };
    const asked =
      id ?? (idName && (valueIn(values, idName) ?? query[idName])) ?? valueIn(sent, idProperty);
    const own = isUnset(asked) ? undefined : asked;
    if (own !== undefined && collection.get(scope, String(own)) && !isReplaced(scope, String(own)))
      return exists(own);
    const twin = own === undefined ? undefined : twinOf?.(String(own));
    const isLink = Object.keys(withValue(sent, idProperty, undefined)).length === 0;
    // What only names an item makes none.
    if (own !== undefined && twinOf && !twin && isLink && isFound) return notFound(String(own));
    const unsaid = isUnion ? usual(branchOf(input.schema, propertiesOf(body)), sent) : defaults;
    let whole: Changes = { ...structuredClone(unsaid), ...twin, ...sent };
    for (const [property, value] of Object.entries(placed))
      whole = withValue(whole, property, value);
    const set =
      own === undefined
        ? own
        : asProperty(schema, idProperty, collection.idFor(scope, String(own)));
    const given = withValue(whole, idProperty, set);
    const item = collection.create(scope, given);
    const unstored = unstoredIn(input.schema, body, { ...sent, ...(idName && { [idName]: own }) });
    return (
      refuse(state, item, sent, collection, input.schema) ?? { item, values, id: own, unstored }
    );
  };
  const add = (scope: Scope, { item, id }: { item: Changes; id: unknown }) => {
    if (id !== undefined) state.remove(collection, scope, String(id));
    return collection.add(scope, item);
  };
  const createOne: Responder = (call) => {
    const made = prepare(call);
    if ('status' in made) return made;
    const added = add(call.scope, made);
    const reply = withUnstored(answer(added, collection, call.scope, made.values), made.unstored);
    return locationOf ? { ...reply, headers: locationOf(added, call) } : reply;
  };
  return (call) => {
    const sent = holder === undefined ? call.body : valueIn(call.body, holder);
    if (!Array.isArray(sent)) return createOne(call);
    const calls = sent.map((body: unknown) => ({ ...call, body }));
    const ids = new Set<string>();
    const unstored: string[] = [];
    // All of them are added, or none.
    for (const one of calls) {
      const made = prepare(one);
      if ('status' in made) return made;
      unstored.push(...made.unstored);
      if (made.id === undefined) continue;
      if (ids.has(String(made.id))) return exists(made.id);
      ids.add(String(made.id));
    }
    const added = calls.flatMap((one) => {
      const made = prepare(one);
      return 'item' in made ? [add(call.scope, made)] : [];
    });
    const reply = answerAll(added) ?? answer(added[0] ?? {}, collection, call.scope, call.params);
    return withUnstored(reply, unstored);
  };
}

/**
 * Tells whether an id is in an example of what is created. Such an example can be created, although an item that was
 * generated at the start has the same id.
 *
 * @param idOf reads the id of an example of the body
 */
function shownIDs(
  operation: IHttpOperation,
  { schema, definition }: ScopedCollection,
  idOf: (example: unknown) => unknown,
): (id: string) => boolean {
  const examplesOf = (one: Schema | boolean | undefined) =>
    shapeOf(one, operation).alternatives.flatMap(({ examples = [], ...rest }) => [
      ...examples,
      ...('example' in rest ? [rest.example] : []),
    ]);
  const contents = operation.request?.body?.contents ?? [];
  const bodies = contents.flatMap(({ schema: body, examples = [] }) => [
    ...examples.map((one) => ('value' in one ? one.value : undefined)),
    ...examplesOf(body as Schema | undefined),
  ]);
  const ids = [
    ...bodies.flatMap((body) => [body].flat().map(idOf)),
    ...examplesOf(propertyAt(schema, definition.idProperty)),
    ...examplesOf(propertyAt(bodySchema(operation), definition.idProperty)),
    definition.exampleID,
  ];
  const shown = new Set(ids.map(String));
  return (id) => shown.has(id);
}

function asSchema(schema: Schema | boolean | undefined): Schema | undefined {
  return typeof schema === 'object' ? schema : undefined;
}

/** Asks for an id, as does none at all: null, and what programs send that have to send an id. */
function isUnset(id: unknown): boolean {
  return id === null || id === 0 || id === '' || id === '00000000-0000-0000-0000-000000000000';
}
