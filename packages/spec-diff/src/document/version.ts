const upgraded = new WeakSet<object>();
const ambiguous = new WeakSet<object>();
const unclear = new WeakSet<object>();

/** Records that a document was OpenAPI 3.0, and was upgraded to 3.1. */
export function markUpgraded(document: object): void {
  upgraded.add(document);
}

/** Whether a document was written as OpenAPI 3.0. */
export function isUpgraded(document: object): boolean {
  return upgraded.has(document);
}

/** Records that it is unclear whether a schema of OpenAPI 3.0 allows null. */
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
