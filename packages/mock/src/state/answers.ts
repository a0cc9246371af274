import type { Behavior } from '@org/codegen/model';
import { isUpdateMask } from '@org/codegen/request-words';
import type { IHttpOperation } from '@stoplight/types';
import { bodySchema } from '../api/api.ts';
import { knownNames } from '../prism/unknown-parameters.ts';
import { type Answer, type Call, type Refusal, type Responder, withUnstored } from './answer.ts';
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
import { compileMissing, inScope, inView, isView } from './existence.ts';
import { compileFilters } from './filters.ts';
import { compileItem } from './item.ts';
import { compileAnswer } from './item-answer.ts';
import { compileList } from './list.ts';
import { compileMany } from './many.ts';
import { readPath } from './path-parameters.ts';
import { refuse } from './refusals.ts';
import type { Singleton } from './singleton.ts';
import type { State } from './state.ts';
import type { Item } from './store.ts';
import { inputOf } from './wrapper.ts';

/** A request for an operation: its path is the one that the request came with. */
type AnswerRequest = { path: string } & Pick<Call, 'query' | 'body' | 'address'>;

/** Finds what answers an operation; undefined for operations that are for Prism's mocker. */
export type Answerer = (
  operation: IHttpOperation,
) => ((request: AnswerRequest) => Answer) | undefined;

/** Refuses requests whose path goes through an item that does not exist; undefined for others. */
export type Refuser = (operation: IHttpOperation, path: string) => Refusal | undefined;

/** What the state says of the paths of operations that it does not answer itself. */
export function createRefuser(state: State): Refuser {
  const compiled = new Map<IHttpOperation, ReturnType<typeof compileMissing>>();
  return (operation, path) => {
    const missing = compiled.get(operation) ?? compileMissing(operation, state);
    compiled.set(operation, missing);
    return missing(readPath(operation, path));
  };
}

/** What the state answers to each operation: compiled from its behavior when it is first asked for. */
export function createAnswers(state: State, onChange: (collection: string) => void): Answerer {
  const responders = new Map<IHttpOperation, ReturnType<Answerer>>();
  return (operation) => {
    if (responders.has(operation)) return responders.get(operation);
    const behavior = state.api.behavior(operation.iid ?? '');
    const respond = compile(operation, behavior, state);
    const { length } = scopeOf(behavior, state);
    const changes = behavior.kind !== 'list' && behavior.kind !== 'retrieve';
    const isSearch = behavior.kind === 'list' && behavior.inBody === true;
    const isUnused = unusedIn(operation, behavior, state);
    const responder: ReturnType<Answerer> =
      respond &&
      (({ path, ...request }) => {
        const params = readPath(operation, path);
        const values = Object.values(params);
        // The parameters of a view name no scope and no item.
        const [scope, id] = isView(behavior)
          ? [[], undefined]
          : [values.slice(0, length), values[length]];
        const query = isSearch ? { ...request.query, ...textsIn(request.body) } : request.query;
        const answer = respond({ ...request, query, params, scope, id });
        const unused = behavior.kind === 'list' ? [] : Object.keys(query).filter(isUnused);
        if (changes && answer.status < 300 && behavior.kind !== 'singleton.retrieve') {
          if ('collection' in behavior) onChange(behavior.collection);
          else if ('singleton' in behavior) onChange(behavior.singleton);
        }
        return unused.length > 0 && !('message' in answer) ? { ...answer, unused } : answer;
      });
    responders.set(operation, responder);
    return responder;
  };
}

/** Tells which query parameters of an operation have no effect. Lists tell it themselves. */
function unusedIn(
  operation: IHttpOperation,
  behavior: Behavior,
  state: State,
): (name: string) => boolean {
  const isKnown = knownNames(operation);
  if (!('collection' in behavior)) return isKnown;
  const collection = state.collection(behavior.collection);
  const filters = behavior.kind.endsWith('.many')
    ? compileFilters(operation, collection, [])
    : undefined;
  // A write without a body has what is to become of the item in its query.
  const isValue = operation.request?.body
    ? () => false
    : (name: string) => collection.hasProperty(name);
  const id = 'id' in behavior ? behavior.id : undefined;
  const isMask = (name: string) => behavior.kind === 'update' && isUpdateMask(name);
  return (name) =>
    isKnown(name) &&
    name !== id &&
    !filters?.names.includes(name) &&
    !isValue(name) &&
    !isMask(name);
}

/** What a body asks of a list, as a query has it: `{ filter: { role: 'a' } }` is `filter[role]=a`. */
function textsIn(value: unknown, name = ''): Call['query'] {
  if (value === null || value === undefined) return {};
  if (Array.isArray(value)) return { [name]: value.map(String) };
  if (typeof value !== 'object') return { [name]: String(value) };
  const parts = Object.entries(value).map(([key, part]) =>
    textsIn(part, name === '' ? key : `${name}[${key}]`),
  );
  return Object.assign({}, ...parts);
}

function scopeOf(behavior: Behavior, state: State): readonly unknown[] {
  if ('collection' in behavior) return state.collection(behavior.collection).definition.scope;
  return 'scope' in behavior ? behavior.scope : [];
}

function compile(
  operation: IHttpOperation,
  behavior: Behavior,
  state: State,
): Responder | undefined {
  if (behavior.kind === 'mocker') return undefined;
  if ('singleton' in behavior) {
    const singleton = state.singleton(behavior.singleton);
    const respond = compileSingleton(operation, behavior.kind, singleton, state);
    return inScope(singleton.parent, respond, { operation, state });
  }
  const collection = state.collection(behavior.collection);
  const respond =
    behavior.kind === 'list'
      ? compileList(operation, behavior, collection)
      : behavior.kind === 'create'
        ? compileCreate(operation, behavior, collection, state)
        : behavior.kind === 'update.many' || behavior.kind === 'delete.many'
          ? compileMany(operation, behavior, collection, state)
          : compileItem(operation, behavior, collection, state);
  if (isView(behavior)) return inView(behavior, collection, respond, { operation, state });
  return inScope(collection, respond, {
    operation,
    state,
    length: collection.definition.scope.length,
  });
}

function compileSingleton(
  operation: IHttpOperation,
  kind: Behavior['kind'],
  singleton: Singleton,
  state: State,
): Responder {
  const { schema } = singleton;
  const answer = compileAnswer(operation, singleton, undefined);
  const input = inputOf(bodySchema(operation), schema);
  const replaced = replacedBy(input.schema);
  return ({ scope, params, body: whole }) => {
    const item = singleton.get(scope);
    const body = input.read(whole, kind === 'singleton.replace' ? undefined : item);
    const values: Changes = { ...params, ...propertiesOf(body) };
    if (kind === 'singleton.retrieve') return answer(item, singleton, scope, values);
    if (kind === 'singleton.reset') {
      singleton.reset(scope);
      return answer(singleton.get(scope), singleton, scope, values);
    }
    const asked = changesIn(schema, body);
    const kept =
      kind === 'singleton.replace' ? withoutProperties(item, replaced, schema, asked) : item;
    const change = (changes: Changes) => {
      const isValid = (one: Item) => issuesOf(state.api, one, schema).length === 0;
      const changed = refitted(schema, item, { ...kept, ...changes }, changes, isValid);
      return { changed, refused: refuse(state, changed, changes, singleton, input.schema) };
    };
    const isUpdate = kind === 'singleton.update';
    const first = change(isUpdate ? namedWith(item, asked, schema) : asked);
    // An object in a body that lacks what the whole requires is a part of it.
    const made = first.refused && isUpdate ? change(mergedWith(item, asked)) : first;
    if (made.refused) return first.refused ?? made.refused;
    return withUnstored(
      answer(singleton.set(scope, made.changed), singleton, scope, values),
      unstoredIn(input.schema, body, asked),
    );
  };
}
