/** What the router needs to know of an operation. */
export interface Routed {
  id: string;
  method: string;
  /** `/things/{thing_id}` */
  path: string;
}

/**
 * Finds the operation of a method and a path: one without parameters before one with, as OpenAPI says. Prism routes by
 * the same rules, but tells only who reaches its mocker.
 *
 * @see https://spec.openapis.org/oas/v3.1.0.html#paths-object
 */
export function createRouter(
  operations: readonly Routed[],
): (method: string, path: string) => string | null {
  const exact = new Map<string, string>();
  const templates = new Map<string, { parts: string[]; id: string }[]>();
  for (const { id, method, path } of operations) {
    const verb = method.toUpperCase();
    if (!path.includes('{')) {
      exact.set(`${verb} ${path}`, id);
      continue;
    }
    const parts = path.split('/');
    const key = `${verb} ${parts.length}`;
    templates.set(key, [...(templates.get(key) ?? []), { parts, id }]);
  }
  return (method, path) => {
    const verb = method.toUpperCase();
    const known = exact.get(`${verb} ${path}`);
    if (known !== undefined) return known;
    const parts = path.split('/');
    const found = templates
      .get(`${verb} ${parts.length}`)
      ?.find((template) => template.parts.every((part, i) => isMatch(part, parts[i])));
    return found?.id ?? null;
  };
}

function isMatch(template: string, part: string | undefined): boolean {
  return template.startsWith('{') ? part !== '' : template === part;
}
