export { boundsOf, rangeOf } from './bounds.ts';
export { closest } from './closest.ts';
export * from './document.ts';
export { codeSpan, tableCell, visible } from './escape.ts';
export { refuseForeignReferences } from './foreign-references.ts';
export { isMediaType, isStatus } from './http-names.ts';
export { limits, refuseExcess } from './limits.ts';
export { nameOf, operatorsIn, plainPath } from './path-template.ts';
export { canInterrupt, expressionOf, isLinear, matchesPattern, withinTime } from './pattern.ts';
export {
  escapeKey,
  formatPointer,
  formatReference,
  type Pointer,
  parsePointer,
  unescapeKey,
  valueAt,
} from './pointer.ts';
export {
  formatProblem,
  type Locate,
  type Location,
  type Problem,
  Problems,
  SpecProblems,
} from './problems.ts';
export { deref, isReference, schemaName } from './reference.ts';
export {
  itemsOf,
  type KnownTypes,
  type Shape,
  shapeOf,
  typesOf,
  valuesOf,
  withoutNull,
} from './schema.ts';
export { type Node, nodesOf } from './walk.ts';
