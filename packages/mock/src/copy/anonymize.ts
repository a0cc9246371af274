import type { API } from '../api/api.ts';
import { type Schema, shapeOf } from '../api/schema.ts';
import { idPrefixOf } from '../state/generate/text.ts';
import { itemSchemaOf } from '../state/item-schema.ts';
import { keyOf } from '../state/scope.ts';
import type { Item } from '../state/store.ts';
import { IDMap, isIDName } from './map-ids.ts';
import type { Problems } from './problems.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { repair } from './repair.ts';
import type { Copied, CopiedList } from './to-snapshot.ts';

interface AnonymizeOptions {
  /** Decides what the generated values are. */
  seed: string;
  /** Whether ids are replaced as well. */
  mapIDs: boolean;
}

/**
 * Replaces names, addresses and free text by generated values: the same one for the same value, wherever it is. What
 * the document says nothing about is taken for free text.
 */
export function anonymize(
  api: API,
  copied: Copied,
  options: AnonymizeOptions,
  problems: Problems,
): void {
  const ids = new IDMap(options.seed);
  for (const lists of copied.collections.values())
    for (const { items } of lists.values()) for (const id of items.keys()) ids.add(id);
  const pseudonyms = new Pseudonyms(options.seed);
  const visitor = new Visitor(ids, pseudonyms, options.mapIDs);
  for (const { name, idProperty } of api.collections) {
    const schema = itemSchemaOf(api, name, idProperty);
    const lists = new Map<string, CopiedList>();
    for (const { scope: given, items } of copied.collections.get(name)?.values() ?? []) {
      const scope = options.mapIDs ? given.map((id) => ids.of(id)) : given;
      const list: CopiedList = { scope, items: new Map(), sent: 0 };
      lists.set(keyOf(scope), list);
      for (const [id, item] of items) {
        const changed = visitor.item(schema, item);
        const { item: fitting, reasons } = repair(api, schema, changed, idProperty);
        for (const reason of reasons) problems.add(name, `Anonymized: ${reason}`, [...given, id]);
        if (!options.mapIDs && id.includes('@')) problems.add(name, keptAddress, [...given, id]);
        if (fitting) list.items.set(options.mapIDs ? ids.of(id) : id, fitting);
      }
    }
    copied.collections.set(name, lists);
  }
  for (const [name, entries] of copied.singletons) {
    const schema = api.schema(name);
    const changed = entries.flatMap(({ scope, item }) => {
      const { item: fitting } = repair(api, schema, visitor.item(schema, item), '');
      const mapped = options.mapIDs ? scope.map((id) => ids.of(id)) : scope;
      return fitting ? [{ scope: mapped, item: fitting }] : [];
    });
    copied.singletons.set(name, changed);
  }
}

const keptAddress = 'The id is an address, and is kept: map ids as well to replace it.';

/** Whether the examples of a property are ids: those of `created_by`. */
function hasIDs(schema: Schema | undefined, root: Schema): boolean {
  if (!schema) return false;
  return shapeOf(schema, root).alternatives.some(({ example, examples = [] }) =>
    [example, ...examples].some((each) => idPrefixOf(each) !== undefined),
  );
}

/** Walks through values by their schemas. */
class Visitor {
  readonly #ids: IDMap;
  readonly #pseudonyms: Pseudonyms;
  readonly #mapIDs: boolean;

  constructor(ids: IDMap, pseudonyms: Pseudonyms, mapIDs: boolean) {
    this.#ids = ids;
    this.#pseudonyms = pseudonyms;
    this.#mapIDs = mapIDs;
  }

  item(schema: Schema, item: Item): Record<string, unknown> {
    // An object stays one.
    return this.#value(schema, schema, '', item) as Record<string, unknown>;
  }

  /** @param schema undefined for what the document says nothing about */
  #value(schema: Schema | undefined, root: Schema, name: string, value: unknown): unknown {
    if (typeof value === 'string') return this.#text(schema, root, name, value);
    if (typeof value === 'number') return this.#number(schema, root, name, value);
    if (Array.isArray(value)) {
      const item = this.#part(schema, root, (one) =>
        Array.isArray(one.items) ? one.items[0] : one.items,
      );
      return value.map((each) => this.#value(item, root, name, each));
    }
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, each]) => {
      const own = this.#part(schema, root, ({ properties }) =>
        properties && Object.hasOwn(properties, key) ? properties[key] : undefined,
      );
      const other = own ?? this.#part(schema, root, (one) => one.additionalProperties);
      // A key that the document does not have may be a name as well.
      const shown = own || /^[a-z_]\w*$/i.test(key) ? key : this.#pseudonyms.of(key, {}, '', {});
      return [shown, this.#value(other, root, key, each)];
    });
    return Object.fromEntries(entries);
  }

  #text(schema: Schema | undefined, root: Schema, name: string, text: string): unknown {
    if (text === '') return text;
    const isID = isIDName(name) || this.#ids.has(text) || hasIDs(schema, root);
    if (isID) return this.#mapIDs ? this.#ids.of(text) : text;
    if (this.#pseudonyms.isKept(schema, root, name, text))
      return this.#mapIDs ? this.#ids.inText(text) : text;
    return this.#pseudonyms.of(text, schema ?? {}, name, root);
  }

  #number(schema: Schema | undefined, root: Schema, name: string, value: number): unknown {
    if (isIDName(name)) return this.#mapIDs ? Number(this.#ids.of(String(value))) : value;
    return this.#pseudonyms.isPersonal(name)
      ? this.#pseudonyms.of(value, schema ?? {}, name, root)
      : value;
  }

  /** The schema of a part of a value; undefined where no alternative has one. */
  #part(
    schema: Schema | undefined,
    root: Schema,
    pick: (schema: Schema) => Schema | boolean | undefined,
  ): Schema | undefined {
    if (!schema) return undefined;
    for (const alternative of shapeOf(schema, root).alternatives) {
      const found = pick(alternative);
      if (typeof found === 'object') return found;
    }
    return undefined;
  }
}
