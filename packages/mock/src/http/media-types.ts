const token = "[\\w!#$%&'*+.^`|~-]+";
const parameter = `${token}=(?:${token}|"(?:[^"\\\\]|\\\\.)*")`;
/** Blanks stand after a part, never before: with both, there would be many ways to read the same blanks. */
const mediaType = `(${token}/${token})[ \\t]*((?:;[ \\t]*(?:${parameter}[ \\t]*)?)*)`;

const rangeInList = `[ \\t]*(?:${mediaType})?(?:,|$)`;

/**
 * Reads an `Accept` header, and writes it as Prism's parser can read it: without empty parts, and without quotes. It
 * throws at both, although the grammar allows them. What is not a media range is skipped: Java's own client sends
 * `text/html, image/gif, *; q=.2, *\/*; q=.2`.
 *
 * @returns undefined where the header has no media range
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 */
export function readAccept(accept: string): string | undefined {
  // What nearly all programs send.
  if (accept === '*/*' || accept === 'application/json') return accept;
  const ranges: string[] = [];
  const range = new RegExp(rangeInList, 'y');
  while (range.lastIndex < accept.length) {
    const start = range.lastIndex;
    const found = range.exec(accept);
    if (!found) {
      const comma = accept.indexOf(',', start);
      range.lastIndex = comma < 0 ? accept.length : comma + 1;
      continue;
    }
    const [, type, parameters = ''] = found;
    if (type) ranges.push([type, ...plainParameters(parameters)].join(';'));
  }
  return ranges.length > 0 ? ranges.join(',') : undefined;
}

/** Whether it is a media type, as `Content-Type` needs one. */
export function isMediaType(contentType: string): boolean {
  return new RegExp(`^[ \\t]*${mediaType}$`).test(contentType);
}

function plainParameters(parameters: string): string[] {
  return parameters.match(new RegExp(`${token}=${token}`, 'g')) ?? [];
}
