import { type Operation, responseOf } from '../api/api.ts';
import { bytesOf, latin1Of } from '../lib/bytes.ts';
import type { PrismAnswer } from '../prism/request.ts';

/** One gray pixel. All that its tables say is ones, which is most of the file. */
const jpeg =
  '/9j/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z';

const pdf = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
xref
0 4
0000000000 65535 f\x20
0000000009 00000 n\x20
0000000052 00000 n\x20
0000000101 00000 n\x20
trailer<</Size 4/Root 1 0 R>>
startxref
160
%%EOF`;

/** The smallest valid file of each kind, as base64: one pixel, an empty page, an empty archive, no sound. */
const files: Readonly<Record<string, string>> = {
  'image/png':
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg==',
  'image/gif': 'R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs=',
  'image/jpeg': jpeg,
  'image/webp': 'UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==',
  'image/svg+xml': btoa('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'),
  'application/pdf': btoa(pdf),
  'application/zip': 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==',
  'application/gzip': 'H4sIAAAAAAACAwMAAAAAAAAAAAA=',
  'audio/wav': 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=',
};
/** Four bytes that are not text, for types without a valid file of this size. */
const anyBytes = 'AAEC/w==';

/** The type that a sample has where the document gives a range of types. */
const concrete: Readonly<Record<string, string>> = {
  'image/*': 'image/png',
  'audio/*': 'audio/wav',
  'video/*': 'video/mp4',
  'font/*': 'font/woff2',
  'application/*': 'application/octet-stream',
  'text/*': 'text/plain',
};

/**
 * Replaces the text that Prism generates for a file by bytes. The document's examples, JSON, forms and texts are
 * returned unchanged.
 *
 * @param asked the type that the request asks for, of a range of types that the document gives
 */
export function withFile(operation: Operation, sample: PrismAnswer, asked?: string): PrismAnswer {
  const { statusCode, headers = {}, body } = sample;
  const [name, given] = Object.entries(headers).find(([key]) => /^content-type$/i.test(key)) ?? [];
  if (name === undefined || typeof given !== 'string') return sample;
  const range = given.toLowerCase().replace(/;.*/, '').trim();
  const content = responseOf(operation, statusCode)?.contents?.find(
    ({ mediaType }) =>
      mediaType.toLowerCase().replace(/;.*/, '').trim() === range ||
      (asked !== undefined && mediaType === '*/*'),
  );
  const schema: { contentMediaType?: string | undefined; contentEncoding?: string | undefined } =
    content?.schema ?? {};
  const isText = typeof body === 'string' || body === undefined || body === null;
  if (!content || !isText) return sample;
  // Prism writes `format: binary` as a content media type.
  const own = schema.contentEncoding === undefined ? schema.contentMediaType : undefined;
  const isFile = isFileType(asked ?? range) || (own !== undefined && !isTextType(own));
  const usual = concrete[range] ?? (range.endsWith('/*') ? (own ?? 'text/plain') : given);
  const type = asked ?? usual;
  const typed = type === given ? sample : { ...sample, headers: { ...headers, [name]: type } };
  if (!isFile || isTextType(asked ?? range) || content.examples?.length || isExemplified(schema))
    return typed;
  return { ...typed, body: bytesOf(files[type] ?? anyBytes) };
}

const isTextType = (type: string): boolean =>
  /^text\/|^application\/(?:.*\+)?(?:json|xml)\b|^application\/x-www-form/.test(type);

const isFileType = (type: string): boolean =>
  /^(?:audio|font|image|model|video)\//.test(type) ||
  /^application\/(?:octet-stream|pdf|(?:x-)?(?:gzip|zip|tar|bzip2?|7z)\b|wasm|msword|vnd\.(?:ms-|openxml))/.test(
    type,
  );

/** Whether the schema itself says which values there may be. */
function isExemplified(schema: object): boolean {
  return ['const', 'default', 'enum', 'example', 'examples'].some((key) => key in schema);
}

/** An answer as validators take it, which know texts alone. */
export function withText(answer: PrismAnswer): PrismAnswer {
  const { body } = answer;
  return body instanceof Uint8Array ? { ...answer, body: latin1Of(body) } : answer;
}
