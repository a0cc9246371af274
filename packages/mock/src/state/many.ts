import { valueIn, withValue } from '@org/codegen/item-id';
import type { Behavior } from '@org/codegen/model';
import type { IHttpOperation } from '@stoplight/types';
import { bodySchema, successOf } from '../api/api.ts';
import { type Call, invalid, type Refusal, type Responder } from './answer.ts';
import { changesIn } from './changes.ts';
import { compileFilters } from './filters.ts';
import { compileAnswer, compileArrayAnswer } from './item-answer.ts';
import { refuse } from './refusals.ts';
import type { ScopedCollection } from './scoped-collection.ts';
import type { State } from './state.ts';
import type { Item } from './store.ts';
import { inputOf } from './wrapper.ts';

type ManyBehavior = Extract<Behavior, { kind: 'update.many' | 'delete.many' }>;

/** Answers an operation that changes or deletes several items: those of a query, or of ids in the body. */
export function compileMany(
  operation: IHttpOperation,
  { kind, ids }: ManyBehavior,
  collection: ScopedCollection,
  state: State,
): Responder {
  const { schema, definition } = collection;
  const { idProperty } = definition;
  const status = successOf(operation);
  // A list knows more of its filters, such as the operators of PostgREST.
  const list = state.api.operations.find(
    ({ path, iid }) => path === operation.path && state.api.behavior(iid).kind === 'list',
  );
  const filters = compileFilters(list ?? operation, collection, []);
  const input = inputOf(bodySchema(operation), schema);
  const answerAll = compileArrayAnswer(operation, collection, status);
  const answer = compileAnswer(operation, collection, idProperty, status);
  const find = ({ scope, query, body }: Call): readonly Item[] | Refusal => {
    const named = ids === undefined ? valueIn(body, idProperty) : valueIn(body, ids);
    const withIDs = (all: readonly unknown[]) =>
      [...new Set(all.map(String))].flatMap((id) => {
        const item = collection.get(scope, id);
        return item ? [item] : [];
      });
    if (Array.isArray(named)) return withIDs(named);
    const given = filters.names.filter((name) => Object.hasOwn(query, name));
    const wanted = filters.read(Object.fromEntries(given.map((name) => [name, query[name] ?? []])));
    if (given.length === 0 && kind === 'update.many' && named !== undefined)
      return withIDs([named]);
    // What else the request says would have chosen some of the items, not all.
    if (given.length === 0 && (ids !== undefined || Object.keys(query).length > 0)) return [];
    // Without a filter, all items would be meant.
    if (wanted.length < given.length) return invalid(given[0] ?? '', 'it is no filter of the mock');
    const page = collection.page(scope, { limit: Infinity, filters: wanted });
    return 'items' in page ? page.items : [];
  };

  return (call) => {
    const { scope, params, body } = call;
    const found = find(call);
    if ('status' in found) return found;
    const idOf = (item: Item) => String(valueIn(item, idProperty));
    const changed = found.map((item) => {
      const changes = changesIn(schema, input.read(body, item));
      // What an item is called stays.
      return {
        item,
        changes,
        whole: withValue({ ...item, ...changes }, idProperty, valueIn(item, idProperty)),
      };
    });
    if (kind === 'update.many') {
      for (const { changes, whole } of changed) {
        const refused = refuse(state, whole, changes, collection, input.schema);
        if (refused) return refused;
      }
    }
    const done = changed.map(({ item, whole }) => {
      if (kind === 'update.many') return collection.replace(scope, idOf(item), whole);
      state.remove(collection, scope, idOf(item));
      return item;
    });
    return answerAll(done) ?? answer(done[0] ?? {}, collection, scope, params);
  };
}
