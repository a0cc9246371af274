const upgraded = new WeakSet<object>();
const ambiguous = new WeakSet<object>();
const unclear = new WeakSet<object>();

/** Notes that a document was written as OpenAPI 3.0, and is now as 3.1 says it. */
export function markUpgraded(document: object): void {
  upgraded.add(document);
}

/** Whether a document was written as OpenAPI 3.0. */
export function isUpgraded(document: object): boolean {
  return upgraded.has(document);
}

/** Notes that a schema of OpenAPI 3.0 leaves open whether it allows null. */
export function markAmbiguousNull(node: object): void {
  ambiguous.add(node);
}

/**
 * Whether a schema of OpenAPI 3.0 says `nullable`, but not beside a `type` and an `enum` with null. The specification
 * says since 3.0.3 that null is not allowed there; most documents mean that it is.
 */
export function isAmbiguousNull(node: object): boolean {
  return ambiguous.has(node);
}

/** Notes that a document has such schemas. */
export function markUnclear(document: object): void {
  unclear.add(document);
}

/** Whether a document has a schema of {@link isAmbiguousNull}. */
export function hasAmbiguousNull({ document }: { document: object }): boolean {
  return unclear.has(document);
}
