import parsePreferHeader from 'parse-prefer-header';

/** What a request may ask of Prism's mocker by `Prefer`. */
export interface Preferences {
  code?: number;
  exampleKey?: string;
  dynamic?: boolean;
  seed?: string;
}

/** What Prism's documentation calls response-specific configuration: in `Prefer`, or in the query. */
export function readPreferences(
  prefer: string | undefined,
  query: Record<string, string | string[]>,
): Preferences | { invalid: string } {
  const given: Record<string, unknown> = prefer
    ? parsePreferHeader(prefer)
    : {
        code: query['__code'],
        example: query['__example'],
        dynamic: query['__dynamic'],
        seed: query['__seed'],
      };
  const { code, example, dynamic, seed } = given;
  const preferences: Preferences = {};
  if (code !== undefined) {
    if (!/^\d{3}$/.test(String(code))) return { invalid: 'code must be a status of three digits' };
    preferences.code = Number(code);
  }
  if (dynamic !== undefined) {
    if (dynamic !== 'true' && dynamic !== 'false')
      return { invalid: 'dynamic must be true or false' };
    preferences.dynamic = dynamic === 'true';
  }
  if (example !== undefined) preferences.exampleKey = String(example);
  if (seed !== undefined) preferences.seed = String(seed);
  return preferences;
}
