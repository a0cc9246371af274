import type { ChangeID } from './ids.ts';

/** Changes of a schema that its TypeScript type does not show: bounds, formats, defaults and the like. */
const unseen: ReadonlySet<ChangeID> = new Set([
  ...(['bound-raised', 'bound-lowered', 'bound-added', 'bound-removed', 'bound-changed'] as const),
  ...(['multiple-of-changed', 'format-changed', 'format-added', 'format-removed'] as const),
  ...(['integer-to-number', 'number-to-integer', 'unique-items-added'] as const),
  ...(['unique-items-removed', 'dependent-required-added', 'dependent-required-removed'] as const),
  ...(['constraint-added', 'constraint-removed', 'constraint-changed'] as const),
  ...(['pattern-properties-added', 'pattern-properties-removed'] as const),
  ...(['exactly-one-alternative', 'several-alternatives', 'xml-changed'] as const),
  ...(['default-added', 'default-removed', 'default-changed', 'style-changed'] as const),
  ...(['explode-changed', 'allow-reserved-changed', 'allow-empty-value-changed'] as const),
]);

/** Whether programs that only use the type of a schema could notice the change. */
export function showsInTypes(id: ChangeID): boolean {
  return !unseen.has(id);
}
