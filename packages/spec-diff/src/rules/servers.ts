import type { Finding } from '../change.ts';
import type { Document } from '../document.ts';

/** The API's address: the first server is where clients go. */
export function* servers(before: Document, after: Document): Generator<Finding> {
  const [old, now] = [before, after].map(({ servers: given }) => given?.[0]?.url ?? '/');
  if (old !== now) {
    const message = `The address of the API changed from ${old} to ${now}.`;
    yield { effect: 'different', below: ['servers'], message };
  }
}
