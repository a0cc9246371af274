import type { Document } from '@org/openapi';

/**
 * The types of the schemas that some types consist of, through references, themselves included.
 *
 * @param nameOf gives a schema's type
 */
export function componentReferences(
  document: Document,
  types: readonly string[],
  nameOf: (schema: string) => string,
): string[] {
  const schemas = document.components?.schemas ?? {};
  const found = new Set<string>();
  const visit = (name: string) => {
    if (found.has(name) || !Object.hasOwn(schemas, name)) return;
    found.add(name);
    // References are strings wherever they are in a schema.
    for (const [, reference = ''] of JSON.stringify(schemas[name]).matchAll(
      /"\$ref":"#\/components\/schemas\/([^"/]+)"/g,
    )) {
      visit(reference);
    }
  };
  for (const name of Object.keys(schemas)) if (types.includes(nameOf(name))) visit(name);
  return [...new Set([...found].map(nameOf))].sort();
}
