import type { JSONType, Schema } from '../document/schema.ts';
import { schemaRules } from '../rules/schema/index.ts';
import type { SchemaRule } from '../rules/schema/rule.ts';

const owners = new Map<string, SchemaRule[]>();
for (const rule of schemaRules) {
  for (const keyword of rule.keywords) owners.set(keyword, [...(owners.get(keyword) ?? []), rule]);
}

/** Whether a keyword has a rule. Extensions (`x-…`) count as known, although none does. */
export function isKnown(keyword: string): boolean {
  return owners.has(keyword) || keyword.startsWith('x-');
}

/** Whether a schema has an assertion about values of a type, `except` aside. Unknown keywords may be about anything. */
export function applies(node: Schema, type: JSONType, except: readonly string[] = []): boolean {
  return Object.keys(node).some((keyword) => {
    if (except.includes(keyword)) return false;
    // Every schema with a type has it; what counts is whether it says that a number is whole.
    if (keyword === 'type') return type === 'number' && [node['type']].flat().includes('integer');
    const rules = owners.get(keyword);
    if (!rules) return !keyword.startsWith('x-');
    return rules.some(
      ({ level, types }) => level === 'assertion' && (!types || types.includes(type)),
    );
  });
}
