import { valueIn } from '@org/codegen/item-id';
import type { API, Operation } from '../api/api.ts';
import { propertyOf } from '../api/schema.ts';
import { textOf } from './pages.ts';
import type { Area, Pair, Question } from './question.ts';
import { fillPath, idOf, type Listing } from './survey.ts';
import { hasType, invalidValues, pageSizes, schemaOf, toPairs, unknownID } from './values.ts';

/** How many pages are followed: with the largest size, with others, and beside other parameters. */
const mostPages = { largest: 10_000, other: 40, filtered: 5 };

type Parameters = NonNullable<NonNullable<Operation['request']>['query']>;

/** The questions about a list: sizes of pages, cursors, orders, filters, and parameters that are invalid. */
export function listQuestions(api: API, listing: Listing): Question[] {
  const { list, params, items } = listing;
  const { operation, behavior, collection } = list;
  const { paging, pageClass } = behavior;
  const parameters: Parameters = operation.request?.query ?? [];
  const path = fillPath(operation.path, params);
  const ask = (area: Area, query: Pair[], pages = 1): Question => ({
    area,
    operation,
    request: { method: 'GET', path, query, headers: {}, credentials: 'accepted' },
    follow: { list, pages },
  });
  const { size, position } = paging;
  const sized = (count: number): Pair[] => (size === undefined ? [] : [[size, String(count)]]);
  const questions = [ask('pages', [], mostPages.other)];

  const sizes = pageSizes(schemaOf(parameters.find(({ name }) => name === size)), items.length);
  for (const one of size === undefined ? [] : sizes)
    questions.push(
      ask('pages', sized(one), one === sizes.at(-1) ? mostPages.largest : mostPages.other),
    );

  if (position !== undefined) {
    for (const value of positionsOf(listing, pageClass)) {
      questions.push(ask('cursors', [[position, value]]));
      questions.push(ask('cursors', [...sized(2), [position, value]]));
    }
    questions.push(ask('cursors', [[position, '']]));
  }
  for (const parameter of parameters) {
    const { name } = parameter;
    const invalid =
      name === position && !hasType(schemaOf(parameter), 'integer') ? [] : invalidValues(parameter);
    for (const value of invalid) questions.push(ask('invalid parameters', [[name, value]]));
    if (name === size || name === position) continue;
    const { enum: choices = [] } = schemaOf(parameter);
    const property =
      collection.filter[name] ?? (propertyOf(api.schema(collection.name), name) ? name : undefined);
    if (property === undefined) {
      for (const choice of choices) {
        questions.push(ask('orders', [[name, String(choice)]], mostPages.filtered));
        questions.push(ask('orders', [[name, String(choice)], ...sized(2)], mostPages.other));
      }
    } else questions.push(...filterQuestions(parameter, property));
  }
  return questions;

  function filterQuestions(parameter: Parameters[number], property: string): Question[] {
    const values = items.flatMap((item) =>
      [(item as Record<string, unknown>)[property]].flat().flatMap((value) => textOf(value) ?? []),
    );
    const known = [...new Set(values)];
    const [first] = known;
    const last = known.at(-1);
    const isList = hasType(schemaOf(parameter), 'array');
    const wanted = [
      ...(first === undefined ? [] : [[first], [first.toUpperCase()]]),
      ...(last === undefined ? [] : [[last]]),
      ...(isList ? [known.slice(0, 3), [...known.slice(0, 1), 'nobody-has-this']] : []),
      ['nobody-has-this'],
    ];
    return wanted.flatMap((one) => {
      const query = toPairs(parameter, one);
      return [ask('filters', query), ask('filters', [...query, ...sized(1)], mostPages.filtered)];
    });
  }
}

/** Where pages may begin: at given items, at the end, and where nothing is. */
function positionsOf({ list, items }: Listing, pageClass: string): string[] {
  const { collection, behavior } = list;
  const chosen = [items[0], items[Math.floor(items.length / 2)], items.at(-2), items.at(-1)];
  const ids = chosen.flatMap((item) => (item && idOf(item, collection.idProperty)) ?? []);
  const unknown = unknownID(valueIn(items[0], collection.idProperty), collection.idPrefix);
  if (pageClass === 'ConversationCursorPage' || pageClass === 'CursorPage')
    return [...new Set(ids), unknown];
  // What such a cursor looks like is the server's business, apart from the ones that it gives.
  if (pageClass === 'NextCursorPage') return [unknown];
  const first = behavior.paging.first ?? 0;
  return [first, first + 1, items.length, items.length + 1, 1_000_000].map(String);
}
