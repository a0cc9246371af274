import type { Operation } from '../api/api.ts';
import type { Diagnostic } from './diagnostic.ts';

/** The media types of an operation's request body, for a sentence; undefined where it takes no body. */
export function acceptedTypes({ request }: Operation): string | undefined {
  const types = (request?.body?.contents ?? []).map(({ mediaType }) => mediaType);
  return types.length === 0 ? undefined : types.join(' or ');
}

/** Rewords Prism's messages about a request where they are unclear to its sender. */
export function rewordInput(
  found: Diagnostic,
  operation: Operation,
  contentType: string | undefined,
): Diagnostic {
  const message = inputMessage(found, operation, contentType);
  return message === undefined ? found : { ...found, message };
}

function inputMessage(
  { code, message }: Diagnostic,
  operation: Operation,
  contentType = 'none',
): string | undefined {
  if (code === 415) {
    const accepted = acceptedTypes(operation);
    return accepted === undefined
      ? 'The request has a body, but the operation takes none'
      : `The content type ${JSON.stringify(contentType)} is not accepted: send ${accepted}`;
  }
  if (message === 'Body parameter is required') return 'The request body is required';
  if (message === 'Target is not a string') return 'The request body is not a form';
  const [, place, name] = /^(\w+) param (\S+) is deprecated$/.exec(message) ?? [];
  return name === undefined ? undefined : `${place} parameter ${name} is deprecated`;
}

/** Rewords Prism's messages about a response that the operation does not describe. */
export function rewordOutput(
  found: Diagnostic,
  { responses }: Operation,
  { statusCode }: { statusCode: number },
): Diagnostic {
  if (found.message.startsWith('Unable to match the returned status code')) {
    const described = responses.map(({ code }) => code).join(', ') || 'none';
    const message = `The document has no response with status ${statusCode} (it has: ${described})`;
    return { ...found, message };
  }
  const [, given, described] =
    /^The received media type "(.*?)" does not match the ones? specified in the current response: (.*)$/.exec(
      found.message,
    ) ?? [];
  if (described === undefined) return found;
  const type = given ? `the content type "${given}"` : 'no content type';
  return { ...found, message: `The response has ${type}; the document describes ${described}` };
}

/** Why Prism's mocker does not answer, in words that name no setting of Prism's. */
export function rewordRefusal(detail: string): string {
  const [, type, key] =
    /^Response for contentType: (.*) and exampleKey: (.*) does not exist\.$/.exec(detail) ?? [];
  if (key !== undefined) return `The response has no example "${key}" of type ${type}.`;
  const [, first] = /^First example for contentType: (.*) does not exist\.$/.exec(detail) ?? [];
  if (first !== undefined) return `The response has no example of type ${first}.`;
  const [, code] = /^Requested status code (\d+) is not defined/.exec(detail) ?? [];
  if (code !== undefined) return `The operation has no response with status ${code}.`;
  const [, accept] = /^Unable to find content for (.*?)\.?$/.exec(detail) ?? [];
  if (accept !== undefined) return `The operation has no response of type ${accept}.`;
  const [, dynamic] = /^Tried to force a dynamic response for: (.*) but schema/.exec(detail) ?? [];
  if (dynamic !== undefined)
    return `The response of type ${dynamic} has no schema to generate from.`;
  if (detail.includes('so Prism is generating this error'))
    return 'The request is invalid, and the operation has no response for that.';
  return detail;
}
