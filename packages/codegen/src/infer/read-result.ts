import type { Document, Problems } from '@org/openapi';
import { deref, itemsOf, type Shape, shapeOf } from '@org/openapi';
import type { PageClass, Result } from '../model/model.ts';
import { responseSchema, type SourceOperation } from '../read/read-operations.ts';
import { referencedType } from './name-types.ts';

/** What a call gives: a page, a value or nothing. */
export function readResult(
  document: Document,
  operation: SourceOperation,
  problems: Problems,
): { result: Result; reason: string } {
  const schema = responseSchema(operation);
  if (!schema) {
    const read = otherBody(document, operation);
    if (!read) return { result: { kind: 'empty' }, reason: 'the response has no JSON' };
    const type = read === 'text' ? 'string' : 'Response';
    return { result: { kind: 'value', type, read }, reason: `the response is ${read}` };
  }
  const type = referencedType(document, schema);
  const value: Result = { kind: 'value', type };
  if (operation.method !== 'get') return { result: value, reason: `the response is ${type}` };
  const shape = shapeOf(document, schema);
  const items = itemsOf(document, shape.get('data')?.schema);
  if (!items) return { result: value, reason: `the response is ${type}` };
  const { pageClass, reason } = classOf(shape);
  const item = referencedType(document, items);
  const page: Result = { kind: 'page', pageClass, item, type };
  const takes = (name: string) => operation.query.some((parameter) => parameter.name === name);
  if (pageClass === 'Page') {
    if (takes('after') && (shape.has('next') || shape.has('last_id'))) {
      problems.add(
        'page-cursor',
        operation.pointer,
        `\`${operation.id}\` answers with a cursor, but without \`has_more\`: a client cannot tell the last page. Add \`has_more\` to the response.`,
      );
    }
    return { result: page, reason };
  }
  if (!takes('after')) {
    // Reports have a cursor of another name, and no `id` to fall back on.
    if (shape.has('next_page') && takes('page')) {
      return { result: value, reason: 'its pages follow `next_page`, which no page class does' };
    }
    problems.add(
      'page-cursor',
      operation.pointer,
      `\`${operation.id}\` answers with pages (${reason}) but has no query parameter \`after\`, so no client could ask for the second one. Add the parameter, or take \`has_more\` out of the response.`,
    );
  }
  if (pageClass === 'CursorPage' && !shapeOf(document, items).has('id')) {
    problems.add(
      'page-cursor',
      operation.pointer,
      `\`${operation.id}\` answers with \`has_more\` alone, so the cursor is the last item's \`id\`; but its items have no \`id\`. Add \`next\` or \`last_id\` to the response.`,
    );
  }
  return { result: page, reason };
}

/** How a body that is not JSON is returned; undefined where there is none. */
function otherBody(
  document: Document,
  { object }: SourceOperation,
): 'text' | 'response' | undefined {
  const types = Object.entries(object.responses ?? {})
    .filter(([status]) => /^2/.test(status))
    .flatMap(([, response]) => Object.keys(deref(document, response)?.content ?? {}));
  if (types.length === 0) return undefined;
  return types.every((type) => /^text\/(?!event-stream)/i.test(type)) ? 'text' : 'response';
}

function classOf(shape: Shape): { pageClass: PageClass; reason: string } {
  if (!shape.has('has_more')) return { pageClass: 'Page', reason: 'an array `data`' };
  if (shape.has('next')) return { pageClass: 'NextCursorPage', reason: '`has_more` and `next`' };
  if (shape.has('last_id')) {
    return { pageClass: 'ConversationCursorPage', reason: '`has_more` and `last_id`' };
  }
  return { pageClass: 'CursorPage', reason: '`has_more`' };
}
