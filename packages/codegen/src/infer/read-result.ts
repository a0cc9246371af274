import type { Document } from '@org/openapi';
import { deref } from '@org/openapi';
import type { Result } from '../model/model.ts';
import { jsonOf, readingOf } from '../read/media-types.ts';
import { responseSchema, type SourceOperation } from '../read/read-operations.ts';
import { referencedType } from './name-types.ts';
import { readPaging } from './read-paging.ts';

/** The result of a call: a page, a value or nothing. */
export function readResult(
  document: Document,
  operation: SourceOperation,
): { result: Result; reason: string } {
  const schema = responseSchema(operation);
  const types = successTypes(document, operation);
  if (types.size !== 1) {
    const type = [...types].join(' | ') || 'unknown';
    const reason = types.size === 0 ? 'no response is a success' : `the response is ${type}`;
    return { result: { kind: 'value', type, read: 'any' }, reason };
  }
  if (!schema) {
    if (types.has('undefined'))
      return { result: { kind: 'empty' }, reason: 'the response has no JSON' };
    const [read, type] = types.has('string')
      ? (['text', 'string'] as const)
      : (['response', 'Response'] as const);
    return { result: { kind: 'value', type, read }, reason: `the response is ${read}` };
  }
  const type = referencedType(document, schema);
  const found =
    operation.method === 'get' ? readPaging(document, { ...operation, body: schema }) : undefined;
  if (!found) return { result: { kind: 'value', type }, reason: `the response is ${type}` };
  const { pageClass, paging, reason } = found;
  const item = referencedType(document, found.item);
  return { result: { kind: 'page', pageClass, paging, item, type }, reason };
}

/**
 * The media types that a call accepts: those of its successes that the client reads. Undefined for `application/json`,
 * which is the client's default, and where no success has a body.
 */
export function acceptOf(document: Document, { object }: SourceOperation): string | undefined {
  const accepted = Object.entries(object.responses ?? {})
    .filter(([status]) => /^2/.test(status))
    .flatMap(([, reference]) => {
      const content = deref(document, reference)?.content;
      const json = jsonOf(content);
      return json ? [json.mediaType] : Object.keys(content ?? {});
    })
    // Parameters such as `charset` describe the response.
    .map((type) => type.replace(/\s*;.*/s, '').toLowerCase());
  const types = [...new Set(accepted)].join(', ');
  return types === '' || types === 'application/json' ? undefined : types;
}

/** The types of all successes; `undefined` for one without a body. Empty if the operation has no successful response. */
function successTypes(document: Document, { object }: SourceOperation): Set<string> {
  const responses = Object.entries(object.responses ?? {});
  const all = responses.filter(([status]) => /^2/.test(status));
  // A part of a list is of the type of the whole, whether the document repeats it or not.
  const wholes = all.filter(
    ([status, response]) => status !== '206' || deref(document, response)?.content,
  );
  const successes = wholes.length > 0 ? wholes : all;
  if (successes.length === 0 && responses.some(([status]) => /^[13]/.test(status)))
    return new Set(['undefined']);
  const types = successes.map(([, reference]) => {
    const content = deref(document, reference)?.content;
    const reading = readingOf(content);
    return reading === 'json'
      ? referencedType(document, jsonOf(content)?.media.schema)
      : { none: 'undefined', text: 'string', response: 'Response' }[reading];
  });
  return new Set(types);
}
