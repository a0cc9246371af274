/** `/a/{x}/b`, `/a/{y}/b.json`, `/a/{z}/b/` and `/a('{x}')/b`, of OData, are the same path: `/a/{}/b`. */
export function normalize(path: string): string {
  return withSegments(path)
    .replaceAll(/\{[^}]+\}/g, '{}')
    .replace(/\.(?:json|xml)$/, '')
    .replace(/(?<=.)\/$/, '');
}

/** `/a('{x}')` → `/a/{x}` */
export function withSegments(path: string): string {
  return path.replaceAll(/\(('?)(\{[^}]+\})\1\)(?=\/|$)/g, '/$2');
}
