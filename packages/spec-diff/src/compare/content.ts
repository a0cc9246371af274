import { type Direction, narrower, wider } from '../change/change.ts';
import { isRecord, type Json, namesOf, own, record } from '../document/json.ts';
import { wordKeywords } from '../document/words.ts';
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
import type { Question } from './graph.ts';
import {
  defaultBeside,
  defaultMediaTypes,
  mediaTypeOf,
  partTypes,
  propertiesIn,
  schemasOf,
} from './parts.ts';

export const compareHeader: Compare = function* (context, before, after, direction) {
  yield* presence('header', presenceOf(before), presenceOf(after), direction);
  yield* words(before, after);
  yield* serialization(
    before,
    after,
    'header',
    direction,
    isScalar(context, before['schema'], after['schema'], direction),
  );
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
    const id = isRecord(current) ? 'now-in-a-media-type' : 'no-longer-in-a-media-type';
    yield { id, verdict: 'breaking', at: ['content'] };
    return;
  }
  if (isRecord(then)) yield* compareContent(context, then, record(current), direction);
  yield { below: [], ask: context.schemata.question([old ?? true], [now ?? true], direction) };
}

/**
 * Whether all values that are sent have one part, and look the same in any style: those of the old document in a request,
 * which programs send, and those of the new one in a response.
 */
export function isScalar(
  context: Context,
  before: unknown,
  after: unknown,
  direction: Direction,
): boolean {
  const { shapes } = context.schemata;
  const { branches } =
    direction === 'request'
      ? shapes.before.shapeOf([before ?? true])
      : shapes.after.shapeOf([after ?? true]);
  return branches.every(({ type }) => type !== 'array' && type !== 'object');
}

/**
 * A body by media type: one more is what a request may choose, and what an answer may be asked for. A range such as
 * `application/*` takes the place of those that it covers.
 */
export function* compareContent(
  context: Context,
  before: unknown,
  after: unknown,
  direction: Direction,
  kind: 'body' | 'answer' = 'answer',
): Results {
  // The API chooses the media type of the bodies that it sends to a webhook, without asking.
  const isChosenForUs = kind === 'body' && direction === 'response';
  const [old, now] = [mediaTypesOf(before), mediaTypesOf(after)];
  const replaced = new Set<string>();
  for (const name of namesOf(old, now)) {
    const [then, current] = [own(old, name), own(now, name)];
    if (isRecord(then) && isRecord(current)) {
      // One media type is the rule, and need not be named.
      const below = Object.keys(old).length > 1 ? [name] : [];
      yield { below, ask: mediaQuestion(context, then, current, direction, name) };
      continue;
    }
    const [from, to] = [
      then === undefined ? coveredBy(name, old, now) : name,
      current === undefined ? coveredBy(name, now, old) : name,
    ];
    const [other, another] = [own(old, from ?? ''), own(now, to ?? '')];
    const [range, wide] = [rangeOf(name, old), rangeOf(name, now)];
    if (isRecord(range) && isRecord(wide)) {
      const [was, is] = [isRecord(then) ? then : range, isRecord(current) ? current : wide];
      yield { below: [name], ask: mediaQuestion(context, was, is, direction, name) };
    } else if (from !== undefined && to !== undefined && isRecord(other) && isRecord(another)) {
      if (replaced.has(`${from} ${to}`)) continue;
      replaced.add(`${from} ${to}`);
      const args = { from, to };
      yield isWithin(from, to)
        ? { id: 'media-type-widened', verdict: wider(direction), args, below: [to] }
        : { id: 'media-type-narrowed', verdict: narrower(direction), args, below: [to] };
      yield { below: [to], ask: mediaQuestion(context, other, another, direction, to) };
    } else if (current === undefined) {
      const verdict = isChosenForUs ? 'addition' : 'breaking';
      yield { id: 'media-type-removed', verdict, below: [name] };
    } else {
      const verdict = isChosenForUs ? 'breaking' : 'addition';
      yield { id: 'media-type-added', verdict, below: [name] };
    }
  }
}

/** What a range such as `image/*` says of a media type. */
function rangeOf(name: string, content: Json): unknown {
  const range = Object.keys(content).find((other) => other !== name && isWithin(name, other));
  return range && content[range];
}

/** The name on the other side that is not on this one, and that covers `name` or is covered by it. */
function coveredBy(name: string, there: Json, here: Json): string | undefined {
  return Object.keys(there).find(
    (other) => !Object.hasOwn(here, other) && (isWithin(name, other) || isWithin(other, name)),
  );
}

/** Whether a media range such as `image/*` covers a media type, or is it. */
function isWithin(name: string, range: string): boolean {
  if (range === '*/*' || name === range) return true;
  return range.endsWith('/*') && name.startsWith(range.slice(0, -1));
}

function mediaQuestion(
  context: Context,
  before: Json,
  after: Json,
  direction: Direction,
  name: string,
): Question {
  const compare: Compare = (at, media, other, way) => compareMediaType(at, media, other, way, name);
  return context.question(`media ${name}`, before, after, direction, compare);
}

function* compareMediaType(
  context: Context,
  before: Json,
  after: Json,
  direction: Direction,
  name: string,
): Results {
  yield* words(before, after);
  const [old, now] = [before['schema'] ?? true, after['schema'] ?? true];
  if (!(isBytes(context, 'before', old, name) && isBytes(context, 'after', now, name)))
    yield {
      below: [],
      ask: context.schemata.question(...schemasOf(context, old, now, name), direction),
    };
  if (/multipart|form-urlencoded/.test(name)) {
    yield* compareEncodings(context, before, after, direction);
  }
  yield* unknownFields(before, after, ['schema', 'encoding']);
}

/**
 * Whether a body is bytes of any kind. OpenAPI 3.0 says it by `type: string, format: binary`, and 3.1 by no schema, an
 * empty one, or one that names a media type.
 */
function isBytes(
  context: Context,
  side: 'before' | 'after',
  schema: unknown,
  name: string,
): boolean {
  if (/json|xml|^text\/|multipart|form-urlencoded/.test(name)) return false;
  const node = context.specs[side].resolve(schema);
  if (schema === true || (node && Object.keys(node).every((key) => wordKeywords.includes(key))))
    return true;
  const known = ['type', 'format', 'contentMediaType', ...wordKeywords];
  if (!node || Object.keys(node).some((key) => !known.includes(key))) return false;
  const isNamed = node['format'] === 'binary' || node['contentMediaType'] !== undefined;
  return node['type'] === 'string' && isNamed;
}

/** The encoding of a form's parts: those that were added or removed with their property are not reported. */
function* compareEncodings(
  context: Context,
  before: Json,
  after: Json,
  direction: Direction,
): Results {
  const [old, now] = [record(before['encoding']), record(after['encoding'])];
  const [then, current] = [
    propertiesIn(context, 'before', before['schema']),
    propertiesIn(context, 'after', after['schema']),
  ];
  for (const part of namesOf(old, now)) {
    const [schema, other] = [then.get(part), current.get(part)];
    if (schema === undefined || other === undefined) continue;
    const defaults = [
      defaultMediaTypes(context, 'before', schema),
      defaultMediaTypes(context, 'after', other),
    ] as const;
    yield* compareEncoding(
      context,
      record(old[part]),
      record(now[part]),
      direction,
      part,
      defaults,
      isScalar(context, schema, other, direction),
    );
  }
}

/** How a part of a form is sent. */
function* compareEncoding(
  context: Context,
  before: Json,
  after: Json,
  direction: Direction,
  part: string,
  defaults: readonly [before: readonly string[], after: readonly string[]],
  isOne: boolean,
): Results {
  const below = ['encoding', part];
  const [old, now] = [
    partTypes(before['contentType'] ?? defaultBeside(after, defaults[0])),
    partTypes(after['contentType'] ?? defaultBeside(before, defaults[1])),
  ];
  const lost = old.some((type) => !now.some((other) => isWithin(type, other)));
  const won = now.some((type) => !old.some((other) => isWithin(type, other)));
  if (lost || won) {
    const verdict = lost && won ? 'breaking' : lost ? narrower(direction) : wider(direction);
    const args = { from: old.join(', '), to: now.join(', ') };
    yield { id: 'part-media-type-changed', verdict, args, below };
  }
  for (const found of serialization(before, after, 'query', direction, isOne))
    yield { ...found, below };
  const [headers, others] = [
    headersOf(context, 'before', before),
    headersOf(context, 'after', after),
  ];
  for (const name of namesOf(headers, others)) {
    const place = [...below, 'header', name];
    const [then, current] = [headers[name], others[name]];
    yield* comparePresence(context, then, current, place, direction, 'header', compareHeader);
  }
  const known = ['contentType', 'headers', ...serializationFields];
  for (const found of unknownFields(before, after, known)) yield { ...found, below };
}

/** Headers by name, ignoring case. OpenAPI ignores `Content-Type` here: `content` has the media types. */
export function headersOf(
  context: Context,
  side: 'before' | 'after',
  node: Json,
): Record<string, Json> {
  const headers = Object.entries(record(node['headers'])).flatMap(([given, value]) => {
    const [name, header] = [given.toLowerCase(), context.specs[side].resolve(value)];
    return header && name !== 'content-type' ? [[name, header] as const] : [];
  });
  return Object.fromEntries(headers);
}

/** Media types by name. */
function mediaTypesOf(content: unknown): Json {
  return Object.fromEntries(
    Object.entries(record(content)).map(([name, media]) => [mediaTypeOf(name), record(media)]),
  );
}
