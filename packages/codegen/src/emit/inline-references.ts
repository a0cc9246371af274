import { isReference, parsePointer, valueAt } from '@org/openapi';

/**
 * Returns a function that copies a part of a document and puts the targets of references in their places: one object
 * for all uses of a target. Keywords beside a reference replace those of the target.
 *
 * The function throws where a reference leads in a circle, or to anything but a component.
 */
export function inliner(document: object): (node: unknown) => unknown {
  const copies = new Map<object, unknown>();
  const failures = new Map<object, unknown>();
  const open = new Set<object>();

  function copy(node: object): unknown {
    if (isReference(node)) return copyReference(node);
    if (Array.isArray(node)) return node.map(visit);
    return visitEntries(node);
  }

  function copyReference({ $ref, ...others }: { $ref: string }): unknown {
    const path = $ref.startsWith('#/components/') ? parsePointer($ref) : [];
    const target = path.length > 2 ? valueAt(document, path) : undefined;
    if (target === undefined) throw new Error(`\`${$ref}\` leads to no component.`);
    const found = visit(target);
    if (Object.keys(others).length === 0) return found;
    const own = visitEntries(others);
    return typeof found === 'object' ? { ...own, ...found, ...own } : found;
  }

  function visitEntries(node: object): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(node).map(([key, child]) => {
        const copied = visit(child);
        return [key, key === 'schema' ? ownCopy(copied) : copied];
      }),
    );
  }

  function visit(node: unknown): unknown {
    if (typeof node !== 'object' || node === null) return node;
    if (copies.has(node)) return copies.get(node);
    if (failures.has(node)) throw failures.get(node);
    if (open.has(node)) throw new Error('A reference leads in a circle.');
    open.add(node);
    try {
      const copied = copy(node);
      copies.set(node, copied);
      return copied;
    } catch (error) {
      failures.set(node, error);
      throw error;
    } finally {
      open.delete(node);
    }
  }

  return visit;
}

/**
 * Prism adds `$schema` to the schemas of parameters and bodies, but not to those inside of others, and transforms each
 * object once.
 */
function ownCopy(schema: unknown): unknown {
  return typeof schema === 'object' && schema !== null && !Array.isArray(schema)
    ? { ...schema }
    : schema;
}
