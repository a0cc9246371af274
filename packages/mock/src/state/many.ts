import { valueIn, withValue } from '@org/codegen/item-id';
import type { Behavior } from '@org/codegen/model';
import type { IHttpOperation } from '@stoplight/types';
import { bodySchema, successOf } from '../api/api.ts';
import { knownNames } from '../prism/unknown-parameters.ts';
import { type Call, invalid, type Refusal, type Responder, withUnstored } from './answer.ts';
import { changesIn, namedWith, unstoredIn } from './changes.ts';
import { compileFilters, takesOperators } from './filters.ts';
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
  { kind, ids, all }: ManyBehavior,
  collection: ScopedCollection,
  state: State,
): Responder {
  const { schema, definition } = collection;
  const { idProperty } = definition;
  const status = successOf(operation);
  // In a document of PostgREST, lists alone have what tells it.
  const list = state.api.operations.find(
    ({ path, iid }) => path === operation.path && state.api.behavior(iid).kind === 'list',
  );
  const filters = compileFilters(operation, collection, [], {
    hasOperators: takesOperators(list ?? operation),
  });
  const input = inputOf(bodySchema(operation), schema);
  const answerAll = compileArrayAnswer(operation, collection, status);
  const answer = compileAnswer(operation, collection, idProperty, status);
  const isKnown = knownNames(operation);
  /** Why a request without these items changes nothing. */
  const find = ({ scope, query, body }: Call): readonly Item[] | Refusal | string => {
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
    if (given.length === 0 && !all) return unnamed;
    // What else the request says would have chosen some of these items, not all.
    const other = Object.keys(query).find(
      (name) => isKnown(name) && !given.includes(name) && !isPresentation(name),
    );
    if (other !== undefined) return unknownChoice(other);
    // Without a filter, all items would be meant.
    if (wanted.length < given.length) return invalid(given[0] ?? '', 'it is no filter of the mock');
    const page = collection.page(scope, { limit: Infinity, filters: wanted });
    return 'items' in page ? page.items : [];
  };

  return (call) => {
    const { scope, params, body } = call;
    const named = find(call);
    if (typeof named === 'object' && 'status' in named) return named;
    const [found, reason] = typeof named === 'string' ? [[], named] : [named, undefined];
    const idOf = (item: Item) => String(valueIn(item, idProperty));
    const changed = found.map((item) => {
      const changes = namedWith(item, changesIn(schema, input.read(body, item)), schema);
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
    const reply = answerAll(done) ?? answer(done[0] ?? {}, collection, scope, params);
    if (reason !== undefined) return { ...reply, inert: reason };
    if (kind !== 'update.many') return reply;
    const [{ changes = {} } = {}] = changed;
    const names = unstoredIn(input.schema, input.read(body), changes);
    return withUnstored(
      reply,
      names.filter((name) => name !== ids),
    );
  };
}

/** Whether a parameter says how an answer looks, or how the operation is done, and not what it is done to. */
function isPresentation(name: string): boolean {
  return /^(?:select|fields?|columns|include|expand|embed|format|pretty|locale|lang|language|api-?version|force|async)$/.test(
    name.replaceAll('_', '-').toLowerCase(),
  );
}

const unnamed = 'The request names no items by a filter or an id: nothing was changed';

function unknownChoice(name: string): string {
  return `The mock does not know which items ${name} chooses: nothing was changed`;
}
