import { type Document, itemsOf } from '@org/openapi';
import { type PageClass, type Paging, pageClasses } from '../model/model.ts';
import { type ListItems, type ListSource, type PagingProblem, schemaAt } from './list-items.ts';
import type { Evidence } from './page-evidence.ts';

/** The settings of `x-client: { page: … }` for a list. */
export interface GivenPaging {
  whole: boolean;
  pageClass?: PageClass;
  items?: ListItems;
  paging: Partial<Omit<Paging, 'items'>>;
  problem?: PagingProblem;
}

const parameters = ['position', 'size'] as const;
const properties = ['next', 'last', 'hasMore', 'total', 'pages'] as const;
const keys: readonly string[] = ['class', 'items', 'first', ...parameters, ...properties];

/**
 * Reads `x-client: { page: whole }`, `{ page: NumberedPage }` and `{ page: { class, items, position, … } }`, whose keys
 * are those of {@link Paging}. A path may be written with dots.
 */
export function readGiven(
  document: Document,
  { id, object, query, body }: ListSource,
): GivenPaging {
  const given: GivenPaging = { whole: false, paging: {} };
  const fail = (message: string): GivenPaging => ({
    ...given,
    problem: { id: 'x-client', message },
  });
  const client = object['x-client'] as { page?: unknown } | null | undefined;
  const page = client?.page;
  if (page === undefined) return given;
  if (page === 'whole') return { ...given, whole: true };
  const parts = typeof page === 'string' ? { class: page } : page;
  if (typeof parts !== 'object' || parts === null || Array.isArray(parts)) {
    return fail(`\`x-client.page\` of \`${id}\` must be \`whole\`, a class or an object.`);
  }
  for (const [key, value] of Object.entries(parts)) {
    if (!keys.includes(key)) {
      return fail(
        `\`x-client.page\` of \`${id}\` has the unknown key \`${key}\`. The keys are ${keys.join(', ')}.`,
      );
    }
    if (key === 'class') {
      const known = pageClasses.find((each) => each === value);
      if (!known || known === 'Page') {
        return fail(
          `\`x-client.page\` of \`${id}\` names the unknown class ${JSON.stringify(value)}. The classes are ${pageClasses.filter((each) => each !== 'Page').join(', ')}; for a list without pages, write \`page: whole\`.`,
        );
      }
      given.pageClass = known;
    } else if (key === 'first') {
      if (value !== 0 && value !== 1)
        return fail(`\`x-client.page.first\` of \`${id}\` must be 0 or 1.`);
      given.paging.first = value;
    } else if (key === 'position' || key === 'size') {
      if (!query.some(({ name }) => name === value)) {
        return fail(
          `\`x-client.page.${key}\` of \`${id}\` names ${JSON.stringify(value)}, which is not a query parameter of it.`,
        );
      }
      given.paging[key] = value as string;
    } else {
      const path = pathOf(value);
      const schema = path && schemaAt(document, body, path);
      if (!path || !schema) {
        return fail(
          `\`x-client.page.${key}\` of \`${id}\` names ${JSON.stringify(value)}, which the response does not have.`,
        );
      }
      if (key === 'items') {
        const item = itemsOf(document, schema);
        if (!item) return fail(`\`x-client.page.items\` of \`${id}\` must name an array.`);
        given.items = { path, item, certain: true };
      } else given.paging[key as (typeof properties)[number]] = path;
    }
  }
  return given;
}

/** Evidence in which the document's settings have replaced inferred values. */
export function applyGiven(
  document: Document,
  { query, body }: ListSource,
  { paging, pageClass }: GivenPaging,
  evidence: Evidence,
): Evidence {
  const { position, next, last, hasMore, total, pages } = paging;
  const parameter = query.find(({ name }) => name === position);
  const field = (path: string[] | undefined) =>
    path && { path, schema: schemaAt(document, body, path) ?? {} };
  const isLink = pageClass === 'LinkPage';
  const token = isLink ? undefined : field(next);
  const address = isLink ? field(next) : undefined;
  const kind =
    pageClass === 'NumberedPage'
      ? 'number'
      : pageClass === 'OffsetPage'
        ? 'offset'
        : pageClass === 'CursorPage'
          ? 'after'
          : 'cursor';
  return {
    ...evidence,
    ...(parameter && { parameters: { [kind]: parameter } }),
    ...(token && { token }),
    ...(address && { address }),
    ...(last && { lastID: field(last) }),
    ...(hasMore && { hasMore }),
    ...(total && { total }),
    ...(pages && { pages }),
  };
}

function pathOf(value: unknown): string[] | undefined {
  if (typeof value === 'string') return value === '' ? [] : value.split('.');
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
    ? value
    : undefined;
}
