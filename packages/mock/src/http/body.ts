import { parseJSON } from '../lib/json.ts';

/** A request's body as Prism's validators want it. */
export interface ParsedBody {
  body?: unknown;
  /** Why the text is not what its content type says. */
  bodyError?: string;
}

/** Parses JSON; leaves texts of other types as they are. */
export function parseBody(text: string | undefined, contentType: string | undefined): ParsedBody {
  if (!text) return {};
  const isJSON = /^\s*(?:text\/|application\/(?:[\w.+-]+\+)?)json\s*(?:;|$)/i.test(
    contentType ?? '',
  );
  if (!isJSON && contentType !== undefined) return { body: text };
  try {
    return { body: parseJSON(text) };
  } catch (error) {
    if (!isJSON) return { body: text };
    return { bodyError: `The body ${(error as Error).message}` };
  }
}
