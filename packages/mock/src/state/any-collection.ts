/** Path parameters that say whose items are meant: `{ user_id: 'user_abc' }`. */
export type Scope = Readonly<Record<string, string | number>>;

/** A collection of any items. */
export interface AnyCollection {
  readonly name: string;
  /** The path parameters that scope it. */
  readonly scopeParams: readonly string[];
  /** The property of an item that identifies it. */
  readonly idProperty: string;
  /** The name of the items' type in the spec. */
  readonly itemType: string;
  /** What an item must be, as JSON Schema. */
  readonly schema: object;
  readonly size: number;
  page(query: PageRequest): { items: object[]; hasMore: boolean; total: number };
  get(id: string, scope?: Scope): object | undefined;
  add(item: object, scope?: Scope): object;
  update(id: string, changes: object, scope?: Scope): object;
  /** Puts a whole item in the place of another. */
  replace(id: string, item: object, scope?: Scope): object;
  remove(id: string, scope?: Scope): boolean;
}

/** What is asked of a page. */
export interface PageRequest {
  scope?: Scope;
  /** The id of the item after which the page starts. */
  after?: string;
  limit: number;
  /** Only items in which this text occurs, without regard to case. */
  search?: string;
}
