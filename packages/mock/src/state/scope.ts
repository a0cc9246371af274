/** The values of a scope's parameters, in the order in which the path has them. */
export type Scope = readonly string[];

/** Names a scope: no other one has the same key. */
export function keyOf(scope: Scope): string {
  return scope.length === 0 ? '' : JSON.stringify(scope);
}
