import type { Direction } from '../change/change.ts';
import { isRecord, type Json, namesOf, own, record } from '../document/json.ts';
import { unknownFields } from '../rules/api/fields.ts';
import { presence } from '../rules/api/presence.ts';
import { serialization, serializationFields } from '../rules/api/serialization.ts';
import { words } from '../rules/words.ts';
import {
  type Compare,
  type Context,
  comparePresence,
  presenceOf,
  type Results,
} from './context.ts';

export const compareHeader: Compare = function* (context, before, after, direction) {
  yield* presence(presenceOf(before), presenceOf(after), direction);
  yield* words([before], [after]);
  yield* serialization(before, after, 'header', direction, isScalar(context, before, after));
  yield* compareSchemaOrContent(context, before, after, direction);
  yield* unknownFields(before, after, ['required', 'schema', 'content', ...serializationFields]);
};

export function* compareSchemaOrContent(
  context: Context,
  before: Json,
  after: Json,
  direction: Direction,
): Results {
  const [old, now] = [before['schema'], after['schema']];
  const [then, current] = [before['content'], after['content']];
  if (isRecord(then) !== isRecord(current)) {
    const message = isRecord(current)
      ? 'Now written in a media type of its own.'
      : 'No longer written in a media type of its own.';
    yield { verdict: 'breaking', message, at: ['content'] };
    return;
  }
  if (isRecord(then)) yield* compareContent(context, then, record(current), direction);
  yield { below: [], ask: context.schemata.question([old ?? true], [now ?? true], direction) };
}

export function isScalar(context: Context, before: Json, after: Json): boolean {
  const { shapes } = context.schemata;
  return [
    shapes.before.shapeOf([before['schema'] ?? true]),
    shapes.after.shapeOf([after['schema'] ?? true]),
  ].every(({ branches }) => branches.every(({ type }) => type !== 'array' && type !== 'object'));
}

/** A body by media type: one more is what a request may choose, and what an answer may be asked for. */
export function* compareContent(
  context: Context,
  before: unknown,
  after: unknown,
  direction: Direction,
): Results {
  const [old, now] = [mediaTypesOf(before), mediaTypesOf(after)];
  for (const name of namesOf(old, now)) {
    const [then, current] = [own(old, name), own(now, name)];
    // One media type is the rule, and need not be named.
    const below = Object.keys(old).length > 1 ? [name] : [];
    if (current === undefined) {
      yield { verdict: 'breaking', message: 'Removed.', below: [name] };
    } else if (then === undefined) {
      yield { verdict: 'addition', message: 'Added.', below: [name] };
    } else {
      const compare: Compare = (at, media, other, way) =>
        compareMediaType(at, media, other, way, name);
      yield { below, ask: context.question(`media ${name}`, then, current, direction, compare) };
    }
  }
}

function* compareMediaType(
  context: Context,
  before: Json,
  after: Json,
  direction: Direction,
  name: string,
): Results {
  yield* words([before], [after]);
  yield {
    below: [],
    ask: context.schemata.question(
      [before['schema'] ?? true],
      [after['schema'] ?? true],
      direction,
    ),
  };
  const isForm = /multipart|form-urlencoded/.test(name);
  const [old, now] = [record(before['encoding']), record(after['encoding'])];
  for (const part of isForm ? namesOf(old, now) : []) {
    yield* compareEncoding(context, record(old[part]), record(now[part]), direction, [
      'encoding',
      part,
    ]);
  }
  yield* unknownFields(before, after, ['schema', 'encoding']);
}

/** How a part of a form is sent. */
function* compareEncoding(
  context: Context,
  before: Json,
  after: Json,
  direction: Direction,
  below: readonly string[],
): Results {
  const [old, now] = [before['contentType'], after['contentType']];
  if (old !== now) {
    const message = `The media type changed from ${old ?? 'the default'} to ${now ?? 'the default'}.`;
    yield { verdict: 'breaking', message, below };
  }
  for (const found of serialization(before, after, 'query', direction, false))
    yield { ...found, below };
  const [headers, others] = [
    headersOf(context, 'before', before),
    headersOf(context, 'after', after),
  ];
  for (const name of namesOf(headers, others)) {
    const place = [...below, 'header', name];
    yield* comparePresence(
      context,
      headers[name],
      others[name],
      place,
      direction,
      'header',
      compareHeader,
    );
  }
  for (const found of unknownFields(before, after, [
    'contentType',
    'headers',
    ...serializationFields,
  ])) {
    yield { ...found, below };
  }
}

/** Headers by name, which is the same in any case. */
export function headersOf(
  context: Context,
  side: 'before' | 'after',
  node: Json,
): Record<string, Json> {
  const headers = Object.entries(record(node['headers'])).flatMap(([name, given]) => {
    const header = context.specs[side].resolve(given);
    return header ? [[name.toLowerCase(), header] as const] : [];
  });
  return Object.fromEntries(headers);
}

/** Media types by their name, without regard to case. */
function mediaTypesOf(content: unknown): Json {
  return Object.fromEntries(
    Object.entries(record(content)).map(([name, media]) => [
      name.toLowerCase().replaceAll(/\s*;\s*/g, '; '),
      record(media),
    ]),
  );
}
