import { Store } from '../store.ts';

/** What *Send* authenticates with. Kept in memory, and so for as long as the page is open. */
export const apiKey: Store<string> = new Store('any-key');
