import type { HttpSecurityScheme } from '@stoplight/types';

/**
 * The environment variable that has the key of a security scheme: the one that the document names in
 * `x-client: { env }`, else the name of the scheme in capitals. `api_key` and `apiKey` are `API_KEY`.
 */
export function keyVariable({ key, extensions }: HttpSecurityScheme): string {
  const { env } = (extensions?.['x-client'] ?? {}) as { env?: unknown };
  if (typeof env === 'string') return env;
  return key
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/\W+/g, '_')
    .toUpperCase();
}
