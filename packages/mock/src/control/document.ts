import type { MockResponse } from '../http/response.ts';
import { hasPath } from '../prism/route.ts';
import type { Shared } from '../served.ts';

/**
 * The control endpoint for `/openapi.json` and `/openapi.yaml`, with the base path or without it. Operations of the
 * document take precedence: for their paths, the result is undefined.
 */
export function documentTarget(
  target: string,
  { api, route }: Pick<Shared, 'api' | 'route'>,
): string | undefined {
  // Nearly all requests end here.
  if (!target.includes('/openapi.')) return undefined;
  const [, path = '', rest = ''] = /^([^?]*)(.*)$/s.exec(target) ?? [];
  const name = path.startsWith(`${api.basePath}/`) ? path.slice(api.basePath.length) : path;
  if (name !== '/openapi.json' && name !== '/openapi.yaml') return undefined;
  return hasPath(api, route, name) ? undefined : `/_mock${name}${rest}`;
}

export function serveJSON(document: string): MockResponse {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: document };
}

/** @see https://www.rfc-editor.org/rfc/rfc9512 */
export async function serveYAML(document: string): Promise<MockResponse> {
  // Only loaded for those who ask for YAML.
  const { stringify } = await import('yaml');
  // Strings that YAML 1.1 reads as another type, such as `no`, are quoted as well.
  const body = stringify(JSON.parse(document), { compat: 'yaml-1.1', lineWidth: 0 });
  return { status: 200, headers: { 'content-type': 'application/yaml' }, body };
}
