import { valueIn } from '@org/codegen/item-id';
import type { API } from '../api/api.ts';
import { propertyAt, type Schema } from '../api/schema.ts';
import { isObject } from '../lib/is-object.ts';
import { itemSchemaOf } from '../state/item-schema.ts';
import type { Scope } from '../state/scope.ts';
import type { Item } from '../state/store.ts';
import type { Problems } from './problems.ts';
import { repair } from './repair.ts';
import type { CopiedList } from './to-snapshot.ts';

const twice =
  'The server sent it twice: the list changed while it was read, and the copy has the first one.';
const noObject = 'Left out: it is not an object.';

/** Takes over what a server sends of one collection, as far as the contract allows. */
export class Taker {
  readonly #api: API;
  readonly #name: string;
  readonly #schema: Schema;
  /** The property that names an item. */
  readonly idProperty: string;
  /** Whether items have ids at all. */
  readonly #hasIDs: boolean;
  readonly #problems: Problems;

  constructor(api: API, name: string, problems: Problems) {
    this.#api = api;
    this.#name = name;
    this.#problems = problems;
    const definition = api.collections.find((one) => one.name === name);
    this.idProperty = definition?.idProperty ?? '';
    this.#schema = definition ? itemSchemaOf(api, name, this.idProperty) : api.schema(name);
    this.#hasIDs =
      definition?.itemParam !== undefined ||
      propertyAt(this.#schema, this.idProperty) !== undefined;
  }

  /** Adds an item to a list. */
  take(list: CopiedList, given: unknown): void {
    const { scope, items } = list;
    list.sent += 1;
    const found = this.#nameOf(given, list);
    if ('reason' in found) {
      this.#note(found.reason, scope, found.name);
      return;
    }
    const { item, reasons } = repair(this.#api, this.#schema, found.item, this.idProperty);
    for (const reason of reasons) this.#note(reason, scope, found.name);
    if (item) items.set(found.name, item);
  }

  /** What an item is called in its list; or why it cannot be taken over. */
  #nameOf(
    given: unknown,
    { items, sent }: CopiedList,
  ): { name: string } & ({ item: Item } | { reason: string }) {
    const place = `#${sent}`;
    if (!isObject(given)) return { name: place, reason: noObject };
    const id = valueIn(given, this.idProperty) ?? (this.#hasIDs ? undefined : place);
    if ((typeof id !== 'string' || id === '') && typeof id !== 'number')
      return { name: place, reason: `Left out: its \`${this.idProperty}\` is not an id.` };
    const name = String(id);
    return items.has(name) ? { name, reason: twice } : { name, item: given };
  }

  /** Reads a single object; undefined where nothing can be made of it. */
  takeObject(scope: Scope, given: unknown): Item | undefined {
    if (!isObject(given)) {
      this.#note(noObject, scope);
      return undefined;
    }
    const { item, reasons } = repair(this.#api, this.#schema, given, '');
    for (const reason of reasons) this.#note(reason, scope);
    return item;
  }

  #note(reason: string, scope: Scope, ...ids: string[]): void {
    this.#problems.add(this.#name, reason, [...scope, ...ids]);
  }
}
