import type { KeyPlace } from '../api/types.ts';
import { Store } from '../store.ts';

/** The key for *Send*. It is kept in memory while the page is open. */
export const apiKey: Store<string> = new Store('any-key');

/** Where a key is sent: `as Authorization: Bearer`, `in the header x-api-key`. */
export function placeOf(place: KeyPlace): string {
  if (place.kind === 'bearer') return 'as Authorization: Bearer';
  if (place.kind === 'basic') return 'as Authorization: Basic (name:password)';
  return `in the ${place.in === 'query' ? 'query parameter' : place.in} ${place.name}`;
}

/** What a request has besides its own headers and query, for keys to be in it. */
export interface Carried {
  headers: Record<string, string>;
  query: [name: string, value: string][];
  cookies: [name: string, value: string][];
}

/** Puts a key where the operation expects its keys. An empty key is not sent. */
export function carry(places: readonly KeyPlace[], key: string): Carried {
  const carried: Carried = { headers: {}, query: [], cookies: [] };
  if (key === '') return carried;
  for (const place of places) {
    if (place.kind === 'bearer') carried.headers['authorization'] = `Bearer ${key}`;
    else if (place.kind === 'basic')
      carried.headers['authorization'] = `Basic ${base64(key.includes(':') ? key : `${key}:`)}`;
    else if (place.in === 'header') carried.headers[place.name] = key;
    else (place.in === 'query' ? carried.query : carried.cookies).push([place.name, key]);
  }
  return carried;
}

/** `btoa` takes Latin-1 alone. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
