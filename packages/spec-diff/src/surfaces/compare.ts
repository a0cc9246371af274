import type { Change } from '../change/change.ts';
import type { Document } from '../document/spec.ts';
import { compareClients } from './client.ts';
import { compareMocks } from './mock.ts';
import { modelOf } from './models.ts';

export interface LanguageReport {
  changes: Change[];
  /** `GET /users` → `client.users.list`. */
  methods: Map<string, string>;
  notes: string[];
}

/** What a change means in the languages that people use the API in: methods of the client, behavior of the mock. */
export function compareLanguages(before: Document, after: Document): LanguageReport {
  const [old, now] = [modelOf(before), modelOf(after)];
  const methods = new Map<string, string>();
  for (const languages of [old, now]) {
    if (typeof languages === 'string') continue;
    for (const [name, { id }] of languages.operations) methods.set(name, `client.${id}`);
  }
  if (typeof old === 'string' || typeof now === 'string') {
    const [side, reason] = typeof old === 'string' ? ['old', old] : ['new', now as string];
    const note = `The client and the mock are left out: the ${side} document cannot be mapped to them. ${reason}`;
    return { changes: [], methods, notes: [note] };
  }
  // Where there was no API, all of it is new, and is said once.
  if (old.operations.size === 0 || now.operations.size === 0)
    return { changes: [], methods, notes: [] };
  return { changes: [...compareClients(old, now), ...compareMocks(old, now)], methods, notes: [] };
}
