import { type Document, deref, type MediaType, type ResponseObject } from '@org/openapi';
import type { Findings } from './findings.ts';
import type { Operation } from './operations.ts';

const isJSON = (type: string) => /^application\/(.+\+)?json\b/i.test(type);

const form = 'application/x-www-form-urlencoded';

/** Bodies go out as JSON, in the media type that the document names, or as a form. */
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
    if (method === 'get') {
      problems.add(
        'get-body',
        at,
        `\`${id}\` is a GET with a body, which \`fetch\` refuses. Use POST, or query parameters.`,
      );
    }
    const json = types.find(isJSON);
    // What is neither JSON nor a form is refused where operations are read.
    const written = json ?? types.find((type) => type === form);
    for (const type of types.filter((each) => each !== written)) {
      listed.add(
        'other-media-type',
        [...at, 'content', type],
        `The body of \`${id}\` goes out as ${written}, not as ${type}.`,
      );
    }
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
    const successes = responses.filter(([status]) => /^2/.test(status));
    if (successes.length === 0 && !responses.some(([status]) => /^[13]/.test(status))) {
      problems.add(
        'no-success',
        at,
        `\`${id}\` has no response with a 2xx status, so its result is unknown. Add one.`,
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
      kinds.set(kindOf(response, json?.[1]), status);
    }
    if (kinds.size > 1) {
      problems.add(
        'several-results',
        at,
        `\`${id}\` has different bodies with ${[...kinds.values()].join(' and ')}, but one type of result. Give both the same schema.`,
      );
    }
    for (const [status, response] of responses) {
      if (response?.links)
        listed.add('links', [...at, status, 'links'], `The links of \`${id}\` are not generated.`);
    }
  }
}

/** Tells schemas apart: one name is one schema. */
function kindOf(response: ResponseObject | undefined, json: MediaType | undefined): string {
  if (!response?.content) return 'none';
  return json ? JSON.stringify(json.schema ?? null) : 'other';
}
