import { isSameJSON } from '../lib/same-json.ts';
import type { Item } from './store.ts';

/** One step of a JSON Patch. */
interface Step {
  op: string;
  path: string;
  from?: string;
  value?: unknown;
}

/** The steps of a body that is a JSON Patch, or one of SCIM; undefined for what is neither. */
export function patchIn(body: unknown): Step[] | undefined {
  if (isPatch(body)) return body;
  const { Operations: operations } = (body ?? {}) as { Operations?: unknown };
  const isOperation = (one: Partial<Step> | null) => typeof one?.op === 'string';
  if (!Array.isArray(operations) || !operations.every(isOperation)) return undefined;
  return operations.flatMap(stepsOf);
}

/**
 * The steps of an operation of SCIM: its path has dots, and without one, its value has several properties.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
function stepsOf({ op, path, value }: Omit<Step, 'path'> & { path?: string }): Step[] {
  const name = op.toLowerCase() === 'remove' ? 'remove' : 'add';
  if (path !== undefined) return [{ op: name, path: `/${path.replaceAll('.', '/')}`, value }];
  return Object.entries(value ?? {}).map(([key, part]) => ({
    ...{ op: name, path: `/${key.replaceAll('.', '/')}`, value: part },
  }));
}

/** Whether a body is a JSON Patch: an array, which an item never is. */
function isPatch(body: unknown): body is Step[] {
  const isStep = (one: Partial<Step> | null) =>
    typeof one === 'object' && typeof one?.op === 'string' && typeof one.path === 'string';
  return Array.isArray(body) && body.every(isStep);
}

/**
 * Applies a JSON Patch to a copy of an item.
 *
 * @returns the copy, or the path of the first step that cannot be applied
 * @see https://www.rfc-editor.org/rfc/rfc6902
 */
export function applyPatch(item: Item, steps: readonly Step[]): Item | { failed: string } {
  const root = { item: structuredClone(item) as unknown };
  for (const step of steps) if (!apply(root, step)) return { failed: step.path };
  const { item: changed } = root;
  const isObject = typeof changed === 'object' && changed !== null && !Array.isArray(changed);
  return isObject ? (changed as Item) : { failed: '' };
}

function apply(root: { item: unknown }, { op, path, from = '', value }: Step): boolean {
  const target = find(root, path);
  if (!target) return false;
  switch (op) {
    case 'add':
      return put(target, structuredClone(value));
    case 'replace':
      return exists(target) && take(target) && put(target, structuredClone(value));
    case 'remove':
      return exists(target) && take(target);
    case 'test':
      return exists(target) && isSameJSON(valueAt(target), value);
    case 'copy':
    case 'move': {
      const source = find(root, from);
      if (!source || !exists(source)) return false;
      const moved = structuredClone(valueAt(source));
      if (op === 'move') take(source);
      return put(target, moved);
    }
    default:
      return false;
  }
}

/** Where a value stands or would stand. */
interface Place {
  parent: Record<string, unknown> | unknown[];
  key: string;
}

function find(root: { item: unknown }, pointer: string): Place | undefined {
  const keys = ['item', ...pointer.split('/').slice(1).map(unescapeKey)];
  let parent: unknown = root;
  for (const key of keys.slice(0, -1)) {
    if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, key))
      return undefined;
    parent = (parent as Record<string, unknown>)[key];
  }
  if (typeof parent !== 'object' || parent === null) return undefined;
  return { parent: parent as Place['parent'], key: keys.at(-1) ?? '' };
}

function unescapeKey(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}

function exists({ parent, key }: Place): boolean {
  return Object.hasOwn(parent, key) && !(Array.isArray(parent) && key === 'length');
}

function valueAt({ parent, key }: Place): unknown {
  return (parent as Record<string, unknown>)[key];
}

function take({ parent, key }: Place): boolean {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return true;
}

function put({ parent, key }: Place, value: unknown): boolean {
  if (!Array.isArray(parent)) {
    Object.defineProperty(parent, key, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
    return true;
  }
  const index = key === '-' ? parent.length : Number(key);
  if (!/^(?:-|\d+)$/.test(key) || index > parent.length) return false;
  parent.splice(index, 0, value);
  return true;
}
