import type { MediaType } from '@org/openapi';

type Content = Record<string, MediaType> | undefined;

export const isJSON = (type: string): boolean => /^application\/(.+\+)?json\b/i.test(type);
export const isForm = (type: string): boolean =>
  /^application\/x-www-form-urlencoded\b/i.test(type);
export const isMultipart = (type: string): boolean => /^multipart\/form-data\b/i.test(type);

/** The first media type that is JSON. */
export function jsonOf(content: Content): { mediaType: string; media: MediaType } | undefined {
  const entry = Object.entries(content ?? {}).find(([type]) => isJSON(type));
  return entry && { mediaType: entry[0], media: entry[1] };
}

/** How the client reads a body: as JSON, as text, or not at all, so that the program gets the response. */
export function readingOf(content: Content): 'none' | 'json' | 'text' | 'response' {
  const types = Object.keys(content ?? {});
  if (types.length === 0) return 'none';
  if (types.some(isJSON)) return 'json';
  return types.every((type) => /^text\/(?!event-stream)/i.test(type)) ? 'text' : 'response';
}
