import type { Change } from '../change/change.ts';
import type { Document, Sides } from '../document/spec.ts';
import { compareClients } from './client.ts';
import { compareOptions } from './client-options.ts';
import { compareMocks } from './mock.ts';
import { type Languages, modelOf } from './models.ts';

export interface LanguageReport {
  changes: Change[];
  /** `GET /users` → `client.users.list`. */
  methods: Map<string, string>;
  notes: string[];
  /** Both clients, or the reason why a document cannot be mapped to one. */
  languages: Sides<Languages | string>;
}

/** The effect of a change on the client's methods and the mock's behavior. */
export function compareLanguages(before: Document, after: Document): LanguageReport {
  const [old, now] = [modelOf(before), modelOf(after)];
  const languages = { before: old, after: now };
  const methods = new Map<string, string>();
  for (const each of [old, now]) {
    if (typeof each === 'string') continue;
    for (const { id, method, path } of each.model.operations)
      methods.set(`${method.toUpperCase()} ${path}`, `client.${id}`);
  }
  if (typeof old === 'string' || typeof now === 'string') {
    const [side, reason] = typeof old === 'string' ? ['old', old] : ['new', now as string];
    const note = `The client and the mock are left out: the ${side} document cannot be mapped to them. ${reason}`;
    return { changes: [], methods, notes: [note], languages };
  }
  // If there was no API, everything is new and reported once.
  if (old.operations.size === 0 || now.operations.size === 0)
    return { changes: [], methods, notes: [], languages };
  const changes = [
    ...compareOptions(old, now),
    ...compareClients(old, now),
    ...compareMocks(old, now),
  ];
  return { changes, methods, notes: [], languages };
}
