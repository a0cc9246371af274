import {
  type Document,
  formatReference,
  isReference,
  parsePointer,
  type Schema,
  schemaName,
  valueAt,
} from '@org/openapi';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http/dist/utils/operations.js';
import { circularSchemas } from '../read/circular-schemas.ts';
import { dataKeywords, keywordNodes, maps } from '../read/keyword-nodes.ts';

/** Values that an operation has at most when each schema is copied to its uses. */
const largestOperation = 20_000;
/** Smaller schemas are copied even into operations that are larger. */
const smallestKept = 100;

/** What the names of kept schemas in `__bundled__` begin with, and those of Prism's own do not. */
export const keptPrefix = 'kept:';

/** Values of a schema whose references are replaced by their targets nevertheless, the outermost ones first. */
const largestOuter = 100;

/** Stands for a reference while Prism reads a document: Prism copies what a `$ref` refers to. */
const marker = 'x-kept-reference';

/** Names the schema in its place: copies may be replaced to different depths, and are of the same schema. */
const nameKey = 'x-kept-schema';

/**
 * The references that stay references in Prism's operations. Prism copies every schema to each of its uses, which takes
 * exponential time and space for unions of unions. Where an operation would become too large, references between schemas
 * stay as they are, and the operation's `__bundled__` has their targets, as it has those of recursive schemas.
 */
export class KeptReferences {
  /** The document with marked references: its operations are read from it. */
  readonly marked: Document;
  readonly #kept: ReadonlySet<string>;
  readonly #schemas: Record<string, Schema>;

  constructor(document: Document) {
    const schemas = document.components?.schemas ?? {};
    const kept = Object.entries(schemas).filter(([, schema]) =>
      isLargerThan(smallestKept, document, schema),
    );
    this.#kept = new Set([...kept.map(([name]) => name), ...circularSchemas(schemas)]);
    this.#schemas = structuredClone(schemas);
    for (const node of keywordNodes(Object.values(this.#schemas))) this.#mark(node);
    const outer = Object.fromEntries(
      Object.entries(this.#schemas).map(([name, one]) => [
        name,
        this.#withOuterParts(this.#kept.has(name) ? named(name, one) : one),
      ]),
    );
    this.marked = { ...document, components: { ...document.components, schemas: outer } };
  }

  /** All kept schemas as Prism writes them, for `__bundled__`. */
  async schemas(): Promise<Record<string, object>> {
    const { webhooks: _, 'x-webhooks': __, ...rest } = this.marked;
    const names = [...this.#kept];
    const schemas = structuredClone(this.#schemas);
    // A media type each, so that Prism reads them as it reads the schemas of responses.
    const content = Object.fromEntries(
      names.map((name, i) => [`application/${i}`, { schema: schemas[name] }]),
    );
    const responses = { 200: { description: '', content } };
    const paths = { '/': { get: { responses } } };
    const document = { ...rest, paths, components: { schemas } };
    const [operation] = await getHttpOperationsFromSpec(document);
    const contents = operation?.responses[0]?.contents ?? [];
    return Object.fromEntries(
      names.map((name, i) => {
        const schema = { ...contents[i]?.schema } as Record<string, unknown>;
        // References within a document are to one dialect.
        delete schema['$schema'];
        schema[nameKey] = name;
        restoreReferences(schema);
        return [keyOf(name), schema];
      }),
    );
  }

  /**
   * A copy of a marked schema in which the outermost references are replaced by their targets, as far as that is small:
   * readers find a list in a response, and the properties of its items, without following references.
   */
  #withOuterParts(schema: Schema): Schema {
    const copy = structuredClone(schema);
    let left = largestOuter;
    const open: { value: unknown; isMap: boolean; within: readonly string[] }[] = [
      { value: copy, isMap: false, within: [] },
    ];
    for (const { value, isMap, within } of open) {
      if (typeof value !== 'object' || value === null) continue;
      if (left <= 0) break;
      const node = value as Record<string, unknown>;
      const target = isMap ? undefined : node[marker];
      let inside = within;
      if (typeof target === 'string' && !within.includes(target)) {
        delete node[marker];
        const outer = named(target, structuredClone(this.#schemas[target] ?? {}));
        Object.assign(node, { ...outer, ...node });
        inside = [...within, target];
      }
      for (const [key, child] of Object.entries(node)) {
        left -= 1;
        if (isMap || !dataKeywords.has(key))
          open.push({ value: child, isMap: !isMap && maps.has(key), within: inside });
      }
    }
    return copy;
  }

  #mark(node: Record<string, unknown>): void {
    const target = isReference(node) ? schemaName(node) : undefined;
    if (target === undefined || !this.#kept.has(target)) return;
    delete node['$ref'];
    node[marker] = target;
  }
}

/** Whether the operations of a path would become too large if each schema were copied to its uses. */
export function isTooLarge(document: Document, item: object): boolean {
  return isLargerThan(largestOperation, document, item);
}

function named(name: string, schema: Schema): Schema {
  return Object.assign({ ...schema }, { [nameKey]: name });
}

/** Makes marked references references again, to `__bundled__`. Changes the value. */
export function restoreReferences(value: unknown): void {
  for (const node of keywordNodes(value)) {
    const target = node[marker];
    if (typeof target !== 'string') continue;
    delete node[marker];
    node['$ref'] = formatReference(['__bundled__', keyOf(target)]);
  }
}

function keyOf(schema: string): string {
  return `${keptPrefix}${schema}`;
}

/**
 * Whether a part of a document has more values than a limit once each reference is replaced by its target, except
 * references of a schema to itself. Looks at no more values than that.
 */
function isLargerThan(limit: number, document: Document, part: unknown): boolean {
  let left = limit;
  const within = new Set<string>();
  const visit = (node: unknown): void => {
    left -= 1;
    if (left < 0 || typeof node !== 'object' || node === null) return;
    const { $ref } = node as { $ref?: unknown };
    if (typeof $ref === 'string' && !within.has($ref)) {
      within.add($ref);
      visit(valueAt(document, parsePointer($ref)));
      within.delete($ref);
    }
    for (const child of Object.values(node)) if (left >= 0) visit(child);
  };
  visit(part);
  return left < 0;
}
