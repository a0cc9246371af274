import { createErrors, type WriteError } from './answer/errors.ts';
import { createHandle } from './answer/handle.ts';
import { HandlerRegistry } from './answer/handlers.ts';
import { type API, schemesOf } from './api/api.ts';
import { type MockOptions, seedOf } from './options.ts';
import { askForKeys, compileKeys } from './prism/keys.ts';
import { createRoute, type Route } from './prism/route.ts';
import { createValidator, type Validator } from './prism/validate.ts';
import { createAnswers, createRefuser } from './state/answers.ts';
import { createData, type DataCollection } from './state/data.ts';
import { Epoch } from './state/epoch.ts';
import { Marks } from './state/marks.ts';
import { isSnapshot, type Snapshot } from './state/snapshot.ts';
import { type InitialData, State } from './state/state.ts';

/** What a mock has of the API that it serves. All of it is replaced when the document changes. */
export interface Served {
  api: API;
  state: State;
  data: Record<string, DataCollection>;
  handlers: HandlerRegistry;
  route: Route;
  validator: Validator;
  errors: WriteError;
  handle: ReturnType<typeof createHandle>;
  epoch: Epoch;
  marks: Marks;
  /** Data of earlier documents that does not fit this one: a later one may take it. */
  aside: Snapshot | undefined;
}

/** What is compiled of an API, which all of its sessions can use. */
export type Shared = Pick<Served, 'api' | 'route' | 'validator' | 'errors'>;

/** @param onChange is called with the name of each collection whose items change */
export function serve(
  api: API,
  options: MockOptions,
  onChange: (collection: string) => void,
  shared?: Shared,
): Served {
  // The types of the data follow from the document.
  const state = new State(api, seedOf(options), options.data as InitialData | undefined);
  const tellChange = (name: string) => {
    // A removed item takes along what is below it.
    const below = state.collections.has(name) ? state.below(name) : [];
    for (const collection of [name, ...below]) onChange(collection);
  };
  const data = createData(state, tellChange);
  const handlers = new HandlerRegistry(api, options.handlers);
  const { route, validator, errors } = shared?.api === api ? shared : compile(api, options);
  const handle = createHandle({
    api,
    route,
    validator,
    errors,
    answers: createAnswers(state, tellChange),
    refuse: createRefuser(state),
    handlers,
    dataFor: (cause) => createData(state, tellChange, cause),
    history: state.history,
    control: options.control ?? true,
  });
  const epoch = new Epoch(state);
  const marks = new Marks(state);
  return {
    api,
    state,
    data,
    handlers,
    route,
    validator,
    errors,
    handle,
    epoch,
    marks,
    aside: undefined,
  };
}

function compile(api: API, options: MockOptions): Shared {
  const validator = createValidator(api, {
    accepts: compileKeys(options.keys, schemesOf(api)),
    strict: options.strict ?? false,
  });
  return { api, route: createRoute(api.operations), validator, errors: createErrors(api) };
}

/** As {@link serve}, for a document that changed: given data that does not fit it any more is left out, and named. */
export function serveAgain(
  api: API,
  options: MockOptions,
  onChange: (collection: string) => void,
  shared?: Shared,
): { next: Served; problems: string[] } {
  const handlers = Object.entries(options.handlers ?? {});
  const fitting = handlers.filter(([id]) => api.operation(id));
  const gone = handlers.filter(([id]) => !api.operation(id));
  const lost = gone.map(([id]) => `The document has no operation ${id}: its handler is not used.`);
  const kept: MockOptions = { ...options, handlers: Object.fromEntries(fitting) };
  if (options.keys && !askForKeys(schemesOf(api))) {
    delete kept.keys;
    lost.push('The document has no security: no key is asked for.');
  }
  const [data, least] = fittingData(api, options.data ?? {});
  try {
    return { next: serve(api, { ...kept, data }, onChange, shared), problems: lost };
  } catch (error) {
    const next = serve(api, { ...kept, data: least }, onChange, shared);
    return { next, problems: [...lost, (error as Error).message] };
  }
}

type Data = NonNullable<MockOptions['data']>;

/** Initial data for the collections that the document has, and what is left of it if its items are invalid. */
function fittingData(api: API, data: Data): [all: Data, least: Data] {
  const names = new Set(api.collections.map(({ name }) => name));
  const part = <T>(given: Record<string, T>) =>
    Object.entries(given).filter(([name]) => names.has(name));
  if (isSnapshot(data)) {
    const { collections } = data;
    const all = { ...data, collections: Object.fromEntries(part(collections)), singletons: {} };
    return [all, { ...all, collections: {} }];
  }
  const all = part<unknown>(data);
  const counts = all.filter(([, value]) => typeof value === 'number');
  return [Object.fromEntries(all), Object.fromEntries(counts)] as [Data, Data];
}

/**
 * Takes over the data of the API that was served before. What nobody touched begins anew.
 *
 * @returns a line for each collection and singleton whose data does not fit: its name, and why
 */
export function takeOver(next: Served, { state, aside, marks }: Served): string[] {
  const whole = state.snapshot();
  const none: Snapshot = { ...whole, collections: {}, singletons: {} };
  const [fitting, others] = [structuredClone(none), structuredClone(none)];
  const problems: string[] = [];
  const take = (kind: 'collections' | 'singletons', parts: Record<string, object>) => {
    for (const [name, saved] of Object.entries(parts)) {
      const part = { [name]: saved };
      try {
        if (!next.state[kind].has(name)) throw new TypeError('the document has no such data.');
        next.state.restore({ ...none, [kind]: part });
        Object.assign(fitting[kind], part);
      } catch (error) {
        Object.assign(others[kind], part);
        problems.push(`${name}: ${(error as Error).message}`);
      }
    }
  };
  const touched = Object.entries(whole.collections).filter(([, { scopes }]) => scopes.length > 0);
  take('collections', { ...aside?.collections, ...Object.fromEntries(touched) });
  const changed = Object.entries(whole.singletons).filter(([, scopes]) => scopes.length > 0);
  take('singletons', { ...aside?.singletons, ...Object.fromEntries(changed) });
  // Checked part by part above: a part that fits is not lost to one that does not.
  next.state.reset();
  next.state.restore(fitting);
  next.aside = others;
  next.marks.takeOver(marks);
  return problems;
}
