import { isRecord } from '../document/json.ts';
import { type JSONType, jsonTypes, type Schema, typeOf } from '../document/schema.ts';
import { applies } from './keywords.ts';
import { allowedValues } from './values.ts';

/** Values of one type that all of `nodes` allow: no references, no unions, no `allOf`. */
export interface Branch {
  type: JSONType;
  nodes: readonly Schema[];
  /** The same, with those that say nothing about the type. */
  parts?: readonly Schema[];
  /** The component that it is, for messages and to find its other half. */
  name: string | undefined;
}

/** The assertions that a value has to satisfy together. */
export interface Conjunction {
  nodes: readonly Schema[];
  name: string | undefined;
}

/** One branch for each type that the values may have. */
export function branchesOf({ nodes, name }: Conjunction): Branch[] {
  const values = allowedValues(nodes);
  return jsonTypes
    .filter((type) => nodes.every((node) => allowsType(node, type)))
    .filter((type) => !values || values.some((value) => typeOf(value) === type))
    .map((type) => ({
      ...{ type, nodes: nodes.filter((node) => applies(node, type)) },
      ...{ parts: nodes, name },
    }));
}

function allowsType({ type }: Schema, one: JSONType): boolean {
  const types = typeof type === 'string' ? [type] : type;
  if (!Array.isArray(types)) return true;
  return types.includes(one) || (one === 'number' && types.includes('integer'));
}

/** The schema that an `if` always asks for: `then` where it allows any value, `else` where it allows none. */
export function decided(node: Schema): unknown[] | undefined {
  if (!Object.hasOwn(node, 'if')) return undefined;
  const condition = node['if'];
  const isAny = condition === true || (isRecord(condition) && Object.keys(condition).length === 0);
  if (isAny) return [node['then'] ?? true];
  return condition === false ? [node['else'] ?? true] : undefined;
}

/** Whether a node's only assertion on values of a type is a list of them. */
export function isOnlyValues(node: Schema, type: JSONType): boolean {
  if (type === 'object' || type === 'array' || type === 'null') return false;
  return !applies(node, type, ['enum', 'const']);
}
