import {
  codeSpan,
  type Document,
  deref,
  isMediaType,
  itemsOf,
  type MediaType,
  type Pointer,
  type Problems,
  shapeOf,
  typesOf,
} from '@org/openapi';
import { isForm, isJSON, readingOf } from '../read/media-types.ts';
import { writtenMedia } from '../read/read-operations.ts';
import type { Findings } from './findings.ts';
import type { Operation } from './operations.ts';

/** The client sends each body in one media type. */
export function checkBodies(
  document: Document,
  operations: readonly Operation[],
  { problems, listed }: Findings,
): void {
  for (const { id, method, object, pointer } of operations) {
    const body = deref(document, object.requestBody);
    if (!body) continue;
    const at = [...pointer, 'requestBody'];
    const types = Object.keys(body.content ?? {});
    for (const type of types) checkMediaType(type, [...at, 'content', type], problems);
    if (method === 'get') {
      const message = `\`${id}\` is a GET with a body, which \`fetch\` refuses`;
      if (body.required) problems.add('get-body', at, `${message}. Use POST, or query parameters.`);
      else listed.add('get-body', at, `${message}: the client does not send it.`);
      continue;
    }
    const media = writtenMedia(body.content);
    const written = media?.mediaType;
    if (media)
      checkEncoding(document, id, media, [...at, 'content', media.mediaType], { problems, listed });
    for (const type of types.filter((each) => each !== written)) {
      listed.add(
        'other-media-type',
        [...at, 'content', type],
        `The body of \`${id}\` is sent as ${written}, not as ${type}.`,
      );
    }
  }
}

/** Forms are written in one way; multipart forms by the types of their values. */
function checkEncoding(
  document: Document,
  id: string,
  { mediaType, media }: { mediaType: string; media: MediaType },
  pointer: Pointer,
  { problems, listed }: Pick<Findings, 'problems' | 'listed'>,
): void {
  const properties = shapeOf(document, media.schema);
  for (const [name, encoding] of Object.entries(media.encoding ?? {})) {
    const at = [...pointer, 'encoding', name];
    const shown = `\`${name}\` in the body of \`${id}\``;
    const schema = properties.get(name)?.schema;
    const types = typesOf(document, itemsOf(document, schema) ?? schema);
    const isObject = types.has('object');
    const isArray = typesOf(document, schema).has('array');
    const {
      contentType,
      style,
      explode = style === undefined || style === 'form',
      headers,
    } = encoding;
    const refuse = (key: string, how: string, advice: string) =>
      problems.add('form-encoding', [...at, key], `${shown} ${how}. ${advice}`);
    if (isForm(mediaType)) {
      if (contentType !== undefined && isObject)
        refuse(
          'contentType',
          `would be sent as \`${name}[key]=…\`, not as ${contentType}`,
          'Describe it with `style: deepObject`.',
        );
      else if (isObject && style !== undefined && style !== 'deepObject')
        refuse(
          'style',
          `would be sent as \`${name}[key]=…\`, not in the style ${style}`,
          'Describe it with `style: deepObject`.',
        );
      else if (isArray && style !== 'deepObject' && !(explode && (style ?? 'form') === 'form'))
        refuse(
          style === 'form' || style === undefined ? 'explode' : 'style',
          `would be sent as \`${name}=a&${name}=b\``,
          'Leave out `style` and `explode`, or describe it as a text.',
        );
      continue;
    }
    if (contentType !== undefined && isObject && !isJSON(contentType))
      refuse(
        'contentType',
        `would be sent as application/json, not as ${contentType}`,
        'Describe it as a text or as binary data.',
      );
    else if (contentType !== undefined && !isObject)
      listed.add(
        'form-encoding',
        [...at, 'contentType'],
        `${shown} is sent with the media type of the given \`Blob\`, which the client does not check against ${contentType}.`,
      );
    if (headers)
      listed.add(
        'form-encoding',
        [...at, 'headers'],
        `${shown} is sent without the headers that \`encoding\` describes.`,
      );
  }
}

/** Results are of one type: JSON, a text, or the response. */
export function checkResponses(
  document: Document,
  operations: readonly Operation[],
  { problems, listed }: Findings,
): void {
  for (const { id, object, pointer } of operations) {
    const at = [...pointer, 'responses'];
    const responses = Object.entries(object.responses ?? {}).map(
      ([status, response]) => [status, deref(document, response)] as const,
    );
    for (const [status, response] of responses) {
      if (!/^([1-5](\d\d|XX)|default|x-.*)$/i.test(status))
        problems.add(
          'status-code',
          [...at, status],
          `${codeSpan(status)} is not a response status. Write \`200\`, \`4XX\` or \`default\`.`,
        );
      for (const [type, media] of Object.entries(response?.content ?? {})) {
        checkMediaType(type, [...at, status, 'content', type], problems);
        if (media.itemSchema)
          listed.add(
            'item-schema',
            [...at, status, 'content', type, 'itemSchema'],
            `The items of \`${id}\` in ${type} have no type: its result is the response.`,
          );
      }
    }
    const successes = responses.filter(([status]) => /^2/.test(status));
    if (successes.length === 0 && !responses.some(([status]) => /^[13]/.test(status))) {
      listed.add(
        'no-success',
        at,
        `\`${id}\` has no response with a 2xx status: its result is \`unknown\`.`,
      );
    }
    const kinds = new Map<string, string>();
    for (const [status, response] of successes) {
      const types = Object.entries(response?.content ?? {});
      const json = types.find(([type]) => isJSON(type));
      const other = types.find(([type]) => !isJSON(type));
      if (json && other) {
        const place = [...at, status, 'content', other[0]];
        listed.add('other-media-type', place, `\`${id}\` returns ${json[0]}, not ${other[0]}.`);
      }
      kinds.set(readingOf(response?.content), status);
    }
    // JSON, text and empty bodies are distinguished at run time; an unread response cannot be mixed with them.
    if (kinds.has('response') && kinds.size > 1) {
      problems.add(
        'several-results',
        at,
        `\`${id}\` returns the unread response with ${kinds.get('response')}, and something else with ${[
          ...kinds,
        ]
          .filter(([kind]) => kind !== 'response')
          .map(([, status]) => status)
          .join(' and ')}. Describe one kind of body.`,
      );
    }
    for (const [status, response] of responses) {
      if (response?.links)
        listed.add('links', [...at, status, 'links'], `The links of \`${id}\` are not generated.`);
    }
  }
}

function checkMediaType(type: string, pointer: Pointer, problems: Problems): void {
  if (isMediaType(type)) return;
  problems.add(
    'media-type',
    pointer,
    `${codeSpan(type)} is not a media type. Write one such as \`application/json\`.`,
  );
}
