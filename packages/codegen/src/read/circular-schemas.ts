import { parsePointer, type Schema } from '@org/openapi';
import { closure } from './closure.ts';
import { keywordNodes } from './keyword-nodes.ts';

/** The names of schemas that refer to themselves, directly or through others. */
export function circularSchemas(schemas: Record<string, Schema>): Set<string> {
  const references = new Map(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      [...keywordNodes(schema)].flatMap(referredSchema),
    ]),
  );
  const next = (name: string) => references.get(name) ?? [];
  const names = [...references.keys()].filter((name) => closure(next(name), next).has(name));
  return new Set(names);
}

/** The name of the schema that a node refers to, or into. */
export function referredSchema({ $ref }: Record<string, unknown>): string[] {
  if (typeof $ref !== 'string' || !$ref.startsWith('#/components/schemas/')) return [];
  return parsePointer($ref).slice(2, 3);
}
