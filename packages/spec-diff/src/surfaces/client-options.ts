import { readAuth, readClient } from '@org/codegen';
import type { Args, Change, Verdict } from '../change/change.ts';
import type { ChangeID } from '../change/ids.ts';
import type { Languages } from './models.ts';

/** What a program writes to make a client, and the environment variables that it may set instead. */
interface Settings {
  /** The class and its aliases, if the document names the class. */
  names: string[];
  /** The prefix of variables, if the document names it. */
  prefix: string | undefined;
  /** The options of headers, with the variable of each. */
  options: Map<string, string | undefined>;
  /** The options of keys by the names of their security schemes. */
  keys: Map<string, { option: string; env: string | undefined }>;
}

/** The changes of the client's class, of its options and of its environment variables, which `x-client` names. */
export function* compareOptions(before: Languages, after: Languages): Generator<Change> {
  const [old, now] = [settingsOf(before), settingsOf(after)];
  const [name = 'client'] = old.names;
  if (now.names.length > 0) {
    const gone = old.names.filter((each) => !now.names.includes(each));
    for (const each of gone)
      yield change('client-class-removed', 'breaking', [each], { to: now.names[0] ?? '' });
  }
  if (old.prefix !== undefined && now.prefix !== undefined && old.prefix !== now.prefix) {
    const args = { from: `${old.prefix}_…`, to: `${now.prefix}_…` };
    yield change('client-variable-changed', 'breaking', [name], args);
  }
  for (const [option, from] of old.options) {
    if (!now.options.has(option)) {
      yield change('client-option-removed', 'breaking', [name, option]);
      continue;
    }
    const to = now.options.get(option);
    if (from !== undefined && from !== to)
      yield change('client-variable-changed', 'breaking', [name, option], { from, to: to ?? '-' });
  }
  // That a scheme comes or goes is a change of the operations that need it.
  for (const [scheme, { option, env: from }] of old.keys) {
    const key = now.keys.get(scheme);
    if (!key) continue;
    if (key.option !== option) {
      yield change('client-option-removed', 'breaking', [name, option]);
      yield change('client-option-added', 'addition', [name, key.option]);
    } else if (from !== undefined && from !== key.env) {
      const args = { from, to: key.env ?? '-' };
      yield change('client-variable-changed', 'breaking', [name, option], args);
    }
  }
  for (const option of now.options.keys())
    if (!old.options.has(option)) yield change('client-option-added', 'addition', [name, option]);
}

function settingsOf({ built: { document } }: Languages): Settings {
  const given = (document as { 'x-client'?: { name?: unknown; env?: unknown } })['x-client'];
  const { name, aliases, env, headers } = readClient(document);
  const isNamed = typeof given?.name === 'string';
  return {
    names: isNamed ? [name, ...aliases] : [],
    prefix: typeof given?.env === 'string' ? env : undefined,
    options: new Map(headers.map((header) => [header.option, header.env])),
    keys: new Map(
      readAuth(document).schemes.map(({ name: scheme, option, env: variable }) => [
        scheme,
        { option, env: variable },
      ]),
    ),
  };
}

function change(id: ChangeID, verdict: Verdict, path: readonly string[], args: Args = {}): Change {
  return { id, verdict, path, args, surface: 'client', operations: [], methods: [], affects: [] };
}
