import { isRecord } from '../document/json.ts';
import type { JSONType, Schema } from '../document/schema.ts';
import type { Branch } from './branch.ts';
import { asserts, isKnown } from './keywords.ts';
import { allowedValues, isChecked, satisfies } from './values.ts';

/**
 * Leaves out what other branches allow as well: of an open enum, such as `anyOf: [{ type: string }, { enum: [a] }]`, the
 * text is left. Objects and arrays stay: code reads them by what their schemas name.
 *
 * @param listOf Makes the schema of a list of values.
 */
export function absorbed(
  branches: readonly Branch[],
  listOf: (type: JSONType, values: readonly unknown[]) => Schema,
): Branch[] {
  const left = new Set(branches);
  const result: Branch[] = [];
  for (const branch of branches) {
    const { type, nodes } = branch;
    const others = [...left].filter((each) => each !== branch && each.type === type);
    const isScalar = type === 'string' || type === 'number';
    if (!isScalar || others.length === 0) {
      result.push(branch);
      continue;
    }
    // It keeps more constraints than another branch does, and all of that one's.
    if (others.some((other) => other.nodes.every((node) => nodes.includes(node)))) {
      left.delete(branch);
      continue;
    }
    const values = allowedValues(nodes)?.filter((value) => satisfies(value, nodes));
    if (!values) {
      result.push(branch);
      continue;
    }
    const checkable = others.filter(canCheck);
    if (checkable.some((other) => values.every((value) => satisfies(value, other.nodes)))) {
      left.delete(branch);
      continue;
    }
    const open = checkable.filter((other) => !allowedValues(other.nodes));
    const own = values.filter((value) => !open.some((other) => satisfies(value, other.nodes)));
    if (own.length === values.length) result.push(branch);
    else if (own.length === 0) left.delete(branch);
    else {
      const rest = nodes.filter((node) => !isRecord(node) || allowedValues([node]) === undefined);
      result.push({ ...branch, nodes: [...rest, listOf(type, own)] });
    }
  }
  return result;
}

/** Whether every assertion of a branch can be checked against a value. */
function canCheck({ type, nodes }: Branch): boolean {
  return nodes.every((node) =>
    Object.keys(node).every(
      (keyword) => isKnown(keyword) && (!asserts(keyword, type) || isChecked(keyword)),
    ),
  );
}
