/**
 * The items of one collection, which can change while the mock runs. A collection below another has a scope: the path
 * parameters that its list takes.
 *
 * @example mock.data.users.update('user_abc', { role: 'owner' });
 * @example mock.data['users.roles'].list({ user_id: 'user_abc' });
 */
export interface Collection<Item extends object, Scope extends object = Record<never, never>> {
  /** The item with this id, or undefined. It is frozen; change it with `update`. */
  get(id: string, ...scope: ScopeArgument<Scope>): Item | undefined;
  /** All items, in the order of pages. Generates every one of them, which is slow for large collections. */
  list(...scope: ScopeArgument<Scope>): Item[];
  /**
   * Adds an item after all others, and returns it. Missing required properties are generated.
   *
   * @throws {ContractError} if a property breaks the contract
   * @throws {Error} if an item with this id exists, or the scope's parent does not exist
   * @example mock.data.users.add({ id: 'user_new', email: 'new@example.com' });
   */
  add(item: Partial<Item>, ...scope: ScopeArgument<Scope>): Item;
  /**
   * Changes properties of an item, and returns the updated item; undefined removes a property.
   *
   * @throws {ContractError} if a property breaks the contract
   * @throws {Error} if no item has this id, or if the id would change
   * @example mock.data.users.update(id, { role: 'owner' });
   */
  update(id: string, changes: Changes<Item>, ...scope: ScopeArgument<Scope>): Item;
  /** Removes an item. Returns whether it existed. Its id remains a valid cursor. */
  remove(id: string, ...scope: ScopeArgument<Scope>): boolean;
  /** The number of items in all scopes. */
  readonly size: number;
}

/** The last argument of a method: none if the collection has no scope, and any if that is unknown. */
type ScopeArgument<Scope extends object> = keyof Scope extends never
  ? []
  : string extends keyof Scope
    ? [scope?: Scope]
    : [scope: Scope];

/** Some of an item's properties; undefined takes an optional one away. */
export type Changes<Item> = { [Name in keyof Item]?: Item[Name] | undefined };

/** The item's type of a collection. */
export type ItemOf<C> = C extends Collection<infer Item, infer _> ? Item : never;

/** The scope's type of a collection; an empty object if it has none. */
export type ScopeOf<C> = C extends Collection<infer _, infer Scope> ? Scope : never;
