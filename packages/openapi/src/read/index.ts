export { type Files, filesBelow, pathOf, RefusedFile } from './files.ts';
export type { LintRules } from './lint-config.ts';
export { createLocator, type Locator } from './locate.ts';
export {
  type ReadDocument,
  type ReadOptions,
  readDocument,
  readDocumentFile,
} from './read-document.ts';
