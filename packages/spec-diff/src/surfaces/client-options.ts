import { readAuth, readClient } from '@org/codegen';
import type { Args, Change, Verdict } from '../change/change.ts';
import type { ChangeID } from '../change/ids.ts';
import type { Languages } from './models.ts';

/** An option of the client, and the environment variable that replaces it. */
interface Option {
  option: string;
  env: string | undefined;
}

/** What a program writes to make a client, and the environment variables that it may set instead. */
interface Settings {
  /** The class and its aliases, if the document names the class. */
  names: string[];
  /** The prefix of variables, if the document names it. */
  prefix: string | undefined;
  /** The options of headers. */
  headers: Map<string, Option>;
  /** The options of keys, by the names of their security schemes. */
  keys: Map<string, Option>;
}

/** The changes of the client's class, of its options and of its environment variables, which `x-client` names. */
export function* compareOptions(before: Languages, after: Languages): Generator<Change> {
  const [old, now] = [settingsOf(before), settingsOf(after)];
  const [name = 'client'] = old.names;
  const [to] = now.names;
  if (to !== undefined)
    for (const gone of old.names.filter((each) => !now.names.includes(each)))
      yield change('client-class-removed', 'breaking', [gone], { to });
  if (now.prefix !== undefined)
    yield* variable([name], old.prefix && `${old.prefix}_…`, `${now.prefix}_…`);
  for (const [key, { option, env }] of old.headers) {
    const current = now.headers.get(key);
    if (current) yield* variable([name, option], env, current.env);
    else yield change('client-option-removed', 'breaking', [name, option]);
  }
  // That a scheme comes or goes is a change of the operations that need it.
  for (const [scheme, { option, env }] of old.keys) {
    const current = now.keys.get(scheme);
    if (current?.option === option) yield* variable([name, option], env, current.env);
    else if (current) {
      yield change('client-option-removed', 'breaking', [name, option]);
      yield change('client-option-added', 'addition', [name, current.option]);
    }
  }
  for (const [key, { option }] of now.headers)
    if (!old.headers.has(key)) yield change('client-option-added', 'addition', [name, option]);
}

function settingsOf({ built: { document } }: Languages): Settings {
  const given = (document as { 'x-client'?: { name?: unknown; env?: unknown } })['x-client'];
  const { name, aliases, env, headers } = readClient(document);
  return {
    names: typeof given?.name === 'string' ? [name, ...aliases] : [],
    prefix: typeof given?.env === 'string' ? env : undefined,
    headers: new Map(headers.map((header) => [header.option, header])),
    keys: new Map(readAuth(document).schemes.map((scheme) => [scheme.name, scheme])),
  };
}

/** The change of an environment variable that programs may set. */
function* variable(path: readonly string[], from?: string, to = '-'): Generator<Change> {
  if (from !== undefined && from !== to)
    yield change('client-variable-changed', 'breaking', path, { from, to });
}

function change(id: ChangeID, verdict: Verdict, path: readonly string[], args: Args = {}): Change {
  return { id, verdict, path, args, surface: 'client', operations: [], methods: [], affects: [] };
}
