import { valueIn, withValue } from '@org/codegen/item-id';
import type { Behavior, View } from '@org/codegen/model';
import type { IHttpOperation } from '@stoplight/types';
import {
  bodySchema,
  namedInBody,
  responseExample,
  responseOf,
  responseSchema,
  successOf,
} from '../api/api.ts';
import { objectOf, propertyOf, type Schema, shapeOf } from '../api/schema.ts';
import { type Answer, type Call, invalid, type Refusal } from './answer.ts';
import {
  type Changes,
  changesIn,
  defaultsOf,
  mergedWith,
  propertiesOf,
  withoutProperties,
} from './changes.ts';
import { issuesOf } from './contract.ts';
import { hash } from './generate/random.ts';
import { asProperty } from './item-maker.ts';
import { applyPatch, patchIn } from './json-patch.ts';
import { compileList } from './list.ts';
import { readPath } from './path-parameters.ts';
import { project, type Sources } from './project.ts';
import { isSameSchema } from './same-schema.ts';
import type { Scope } from './scope.ts';
import type { ScopedCollection } from './scoped-collection.ts';
import type { Singleton } from './singleton.ts';
import type { State } from './state.ts';
import type { Item } from './store.ts';
import { inputOf, wrapperOf } from './wrapper.ts';

type Responder = (call: Call) => Answer;

/** A request for an operation: its path is the one that the request came with. */
type AnswerRequest = { path: string } & Pick<Call, 'query' | 'body' | 'address'>;

/** Finds what answers an operation; undefined for operations that are for Prism's mocker. */
export type Answerer = (
  operation: IHttpOperation,
) => ((request: AnswerRequest) => Answer) | undefined;

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
        if (changes && answer.status < 300 && behavior.kind !== 'singleton.retrieve') {
          if ('collection' in behavior) onChange(behavior.collection);
          else if ('singleton' in behavior) onChange(behavior.singleton);
        }
        return answer;
      });
    responders.set(operation, responder);
    return responder;
  };
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
        ? compileCreate(operation, behavior.id, collection, state)
        : compileItem(operation, behavior, collection, state);
  if (isView(behavior)) return inView(behavior, collection, respond, state);
  return inScope(collection, respond, {
    operation,
    state,
    length: collection.definition.scope.length,
  });
}

/** A list or a create at another path than that of the items. */
function isView(behavior: Behavior): behavior is Extract<Behavior, View> {
  return ('every' in behavior && behavior.every === true) || 'where' in behavior;
}

/** Answers 404 where the parameters of a view name nothing, and gives what is created its place. */
function inView(
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
function inScope(
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
function mayAssume(
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

function notFound(id: string | undefined): Refusal {
  return { status: 404, message: `No object with the id ${JSON.stringify(id ?? '')} exists.` };
}

function compileCreate(
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

/** The schema of the items of an array; undefined for what is none. */
function arrayItems(schema: Schema | undefined, root: object): Schema | undefined {
  const { items } = shapeOf(schema, root).alternatives.find((one) => one.items) ?? {};
  return typeof items === 'object' && !Array.isArray(items) ? items : undefined;
}

/** Makes the answer about several items: an array of them. Undefined where the document has another one. */
function compileArrayAnswer(
  operation: IHttpOperation,
  { schema: itemSchema }: Subject,
  status: number,
): (items: readonly Item[]) => Answer | undefined {
  const each = arrayItems(responseSchema(operation, status), operation);
  const sources = { values: {}, isDelete: false, example: undefined, seed: 1, root: operation };
  return (items) =>
    each && {
      status,
      body: items.map((item) =>
        project(each, { ...sources, items: [{ item, schema: itemSchema }] }),
      ),
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

function compileItem(
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

/** The properties that a replacing body could have said. */
function replacedBy(body: Schema | undefined): string[] {
  const properties = Object.entries(objectOf(body)?.properties ?? {});
  return properties.flatMap(([name, property]) => {
    const isSent = typeof property !== 'object' || property.readOnly !== true;
    return isSent ? [name] : [];
  });
}

/** Whether a change of an item that does not exist adds it: the document then has a 201 besides another success. */
function addsItems({ responses }: IHttpOperation, kind: Behavior['kind']): boolean {
  const codes = responses.map(({ code }) => code);
  const hasBoth = codes.includes('201') && ['200', '204'].some((code) => codes.includes(code));
  return hasBoth && (kind === 'replace' || kind === 'update');
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
    const body = input.read(whole);
    const item = singleton.get(scope);
    const values: Changes = { ...params, ...propertiesOf(body) };
    if (kind === 'singleton.retrieve') return answer(item, singleton, scope, values);
    if (kind === 'singleton.reset') {
      singleton.reset(scope);
      return answer(singleton.get(scope), singleton, scope, values);
    }
    const kept = kind === 'singleton.replace' ? withoutProperties(item, replaced, schema) : item;
    const changes = changesIn(schema, body);
    const changed = { ...kept, ...changes };
    const refused = refuse(state, changed, changes, singleton, input.schema);
    if (refused) return refused;
    return answer(singleton.set(scope, changed), singleton, scope, values);
  };
}

/** What an answer is about: a collection's item, or a singleton. */
interface Subject {
  schema: Schema;
  parent: ScopedCollection | undefined;
}

/** Makes the operation's answer about an item by the answer's own schema. */
function compileAnswer(
  operation: IHttpOperation,
  { schema: itemSchema }: Subject,
  idProperty: string | undefined,
  status = successOf(operation),
) {
  const schema = responseSchema(operation, status);
  const example = responseExample(operation, status);
  const isDelete = operation.method.toLowerCase() === 'delete';
  const wrapper = schema && wrapperOf(schema, itemSchema, idProperty);
  return (item: Item, subject: Subject, scope: readonly string[], values: Changes): Answer => {
    if (!schema) return { status, body: undefined };
    const items: Sources['items'] = [{ item, schema: subject.schema }, ...parents(subject, scope)];
    const seed = hash(`${operation.iid} ${JSON.stringify(values)}`);
    return {
      status,
      body: project(schema, { items, values, isDelete, wrapper, example, seed, root: operation }),
    };
  };
}

/** The items that an item belongs to, the nearest first. */
function parents({ parent }: Subject, scope: readonly string[]): { item: Item; schema: Schema }[] {
  if (!parent) return [];
  const { length } = parent.definition.scope;
  const above = scope.slice(0, length);
  const item = parent.get(above, scope[length] ?? '');
  const further = parents(parent, above);
  return item ? [{ item, schema: parent.schema }, ...further] : further;
}

/** A 400 for an item that a change would break, though the request is valid. What was generated is nobody's mistake. */
function refuse(
  { api }: State,
  item: object,
  changes: Changes,
  { schema }: Subject,
  body: Schema | undefined,
): Refusal | undefined {
  const isOf = (path: string) => (name: string) => path === name || path.startsWith(`${name}.`);
  const issue = issuesOf(api, item, schema).find(({ path }) =>
    Object.keys(changes).some((name) => isOf(path)(name) && !isChecked(name, schema, body)),
  );
  return issue && invalid(issue.path, issue.message);
}

/** Whether a body's property was checked already, by the schema that the item's has. */
function isChecked(name: string, item: Schema, body: Schema | undefined): boolean {
  const [ours, theirs] = [propertyOf(item, name), propertyOf(body, name)];
  return ours !== undefined && theirs !== undefined && isSameSchema(ours, theirs);
}
