import { type Document, deref, type Pointer, shapeOf, typesOf } from '@org/openapi';
import type { Operation as ModelOperation } from '../model/model.ts';
import type { Findings } from './findings.ts';
import type { Operation } from './operations.ts';

const plain = (name: string) => name.replaceAll(/[^a-z0-9]/gi, '').toLowerCase();

/** Parameters that ask for another part of a list. */
const positions = new Set([
  ...[
    'after',
    'before',
    'cursor',
    'marker',
    'nexttoken',
    'pagetoken',
    'continuationtoken',
    'nextcursor',
  ],
  ...[
    'startingafter',
    'startafter',
    'endingbefore',
    'scrollid',
    'offset',
    'skip',
    'start',
    'startindex',
  ],
  ...['page', 'pagenumber', 'pageno', 'pageindex', 'currentpage'],
]);
const sizes = new Set([
  'limit',
  'pagesize',
  'perpage',
  'size',
  'count',
  'maxresults',
  'top',
  'take',
]);

/** Lists whose next pages the client would not ask for: half a list is worse than none. */
export function checkPages(
  document: Document,
  operations: readonly Operation[],
  model: readonly ModelOperation[],
  { problems, listed }: Findings,
): void {
  const results = new Map(model.map(({ id, result }) => [id, result]));
  for (const { id, object, pointer, parameters } of operations) {
    const result = results.get(id);
    if (result?.kind !== 'page') continue;
    const { page } = (object['x-client'] ?? {}) as { page?: unknown };
    const query = parameters.filter(({ object: { in: place } }) => place === 'query');
    const named = (names: ReadonlySet<string>) =>
      query.find(({ object: { name } }) => names.has(plain(name)));
    if (result.pageClass === 'Page') {
      if (page === 'whole') continue;
      const [position, size] = [named(positions), named(sizes)];
      if (position) {
        problems.add(
          'page-style',
          position.pointer,
          `\`${id}\` is paged by \`${position.object.name}\`, which the client does not follow: it would return the first page as the whole list. Page by \`after\` and \`has_more\`, or say \`x-client: { page: whole }\`.`,
        );
      } else if (size) {
        listed.add(
          'page-size',
          size.pointer,
          `\`${id}\` takes \`${size.object.name}\`, but has no way to a second page: the client takes the list for whole.`,
        );
      }
      continue;
    }
    checkNext(document, { id, object, pointer }, problems);
  }
}

/** A cursor that is an address would go out as a value. */
function checkNext(
  document: Document,
  { id, object, pointer }: Pick<Operation, 'id' | 'object' | 'pointer'>,
  problems: Findings['problems'],
): void {
  const [status, response] =
    Object.entries(object.responses ?? {}).find(([each]) => /^2/.test(each)) ?? [];
  const schema = Object.values(deref(document, response)?.content ?? {})[0]?.schema;
  const next = shapeOf(document, schema).get('next')?.schema;
  const { format = '' } = deref(document, next) ?? {};
  const at: Pointer = [...pointer, 'responses', status ?? ''];
  if (/^(uri|url|iri)/.test(format) || (next && typesOf(document, next).has('object'))) {
    problems.add(
      'page-style',
      at,
      `\`${id}\` answers with the address of the next page in \`next\`, which the client would send as the cursor \`after\`. Answer with a cursor.`,
    );
  }
}
