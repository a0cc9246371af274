import { Store } from '../store.ts';

/** The key for *Send*. It is kept in memory while the page is open. */
export const apiKey: Store<string> = new Store('any-key');
