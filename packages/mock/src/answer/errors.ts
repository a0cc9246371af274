import type { IHttpOperationResponse } from '@stoplight/types';
import { type API, type Operation, responseOf } from '../api/api.ts';
import type { Schema } from '../api/schema.ts';
import type { PrismAnswer } from '../prism/request.ts';
import { expectedCredentials } from '../prism/security.ts';
import { validateValue } from '../prism/validate.ts';
import { exampleValue } from '../state/generate/values.ts';
import { asFailure } from '../state/outcome.ts';
import { compactError } from './compact-error.ts';
import { type ErrorDetails, sayError, withoutUnknown } from './error-body.ts';

/** Writes an error of a status; the operation's own description of it comes first. */
export type WriteError = (
  status: number,
  details?: ErrorDetails,
  operation?: Operation,
) => PrismAnswer;

type Content = NonNullable<IHttpOperationResponse['contents']>[number];

/** Where a document describes no error. @see https://www.rfc-editor.org/rfc/rfc9457 */
const problemDetails: Content = {
  id: 'problem',
  mediaType: 'application/problem+json',
  examples: [
    {
      id: 'problem',
      key: 'problem',
      value: { type: 'about:blank', title: '', status: 0, detail: '', param: '' },
    },
  ],
};

/**
 * Errors have the shape and the media type that the document gives them: those of the operation's response for the
 * status, else those of the nearest response that the document has. They begin as its example, so that kinds and codes
 * are stated in the document alone.
 */
export function createErrors(api: API): WriteError {
  return (status, details = {}, operation) => {
    const { content, isExact } = find(api.operations, status, operation);
    const message = details.message ?? defaultMessage(status, operation);
    const mediaType = content.mediaType.includes('*') ? 'application/json' : content.mediaType;
    const headers = { 'content-type': mediaType };
    if (!isJSON(mediaType)) return { statusCode: status, headers, body: message };

    const schema = (content.schema ?? {}) as Schema;
    const [example] = content.examples ?? [];
    const hasExample = example !== undefined && 'value' in example;
    const root = operation ?? schema;
    const base = hasExample ? example.value : asFailure(exampleValue(schema, root), schema, root);
    // The words of another status's example are about something else.
    const known = isExact && hasExample;
    const said = known ? details : { ...details, message };
    const isValid = (value: unknown) =>
      !content.schema || validateValue(api, value, schema, operation).length === 0;
    const nulls = known ? details : { param: null, code: null, ...said };
    // Where null is not allowed, what is not known is left out, or it is an empty text.
    const { param, code: _, ...sentence } = said;
    const texts = { ...sentence, param: param ?? '' };
    const bodies = [nulls, said, texts, sentence].flatMap((one) => {
      const body = sayError(base, one, status);
      const whole = hasExample ? [body] : [compactError(body, base, schema, one, root), body];
      return one === nulls ? [...whole, ...whole.map((each) => withoutUnknown(each, base))] : whole;
    });
    const body = bodies.find(isValid) ?? (isValid(base) ? base : bodies.at(-1));
    if (content === problemDetails && !details.param) delete (body as { param?: unknown }).param;
    return { statusCode: status, headers, body };
  };
}

function find(
  operations: readonly Operation[],
  status: number,
  operation: Operation | undefined,
): { content: Content; isExact: boolean } {
  const all = operation ? [operation, ...operations] : operations;
  const own = operation && responseOf(operation, status);
  const ownContent = contentOf(own);
  if (ownContent) return { content: ownContent, isExact: own?.code === String(status) };
  const exact = firstContent(all, (code) => code === String(status));
  if (exact) return { content: exact, isExact: true };
  const usual = status < 500 ? '400' : '500';
  const content =
    firstContent(all, (code) => code === usual) ??
    firstContent(all, (code) => code === 'default' || code.startsWith(usual.charAt(0))) ??
    firstContent(all, (code) => /^[45]/.test(code)) ??
    problemDetails;
  return { content, isExact: false };
}

function firstContent(
  operations: readonly Operation[],
  isWanted: (code: string) => boolean,
): Content | undefined {
  for (const { responses } of operations) {
    const hasSuccess = responses.some(({ code }) => code.startsWith('2'));
    for (const response of responses) {
      // Where nothing else is described, the default response is the success.
      const isError = hasSuccess || response.code !== 'default';
      const content = isError && isWanted(response.code) ? contentOf(response) : undefined;
      if (content) return content;
    }
  }
  return undefined;
}

function contentOf(response: IHttpOperationResponse | undefined): Content | undefined {
  const contents = response?.contents ?? [];
  return (
    contents.find(({ mediaType }) => isJSON(mediaType) || mediaType.includes('*')) ??
    contents.find(({ mediaType }) => mediaType.startsWith('text/'))
  );
}

function isJSON(mediaType: string): boolean {
  return /[/+]json\b/i.test(mediaType) || mediaType.includes('*');
}

/** A sentence for a status that the document has no example for. */
function defaultMessage(status: number, { security = [] }: Partial<Operation> = {}): string {
  if (status === 401) {
    const expected = security.length > 0 ? `: expected ${expectedCredentials(security)}` : '';
    return `The credentials are missing or unknown${expected}.`;
  }
  const known: Record<number, string> = {
    403: 'The request is not allowed.',
    404: 'Nothing exists at this path.',
    405: 'The path does not allow this method.',
    406: 'No representation of the response is acceptable.',
    408: 'The request took too long.',
    409: 'The request conflicts with the current state.',
    413: 'The body is too large.',
    415: 'The content type is not supported.',
    422: 'The request cannot be processed.',
    429: 'Too many requests.',
  };
  return known[status] ?? (status < 500 ? 'The request failed.' : 'The server failed.');
}
