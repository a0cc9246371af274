import { narrower, wider } from '../../change/change.ts';
import { isRecord } from '../../document/json.ts';
import type { Schema } from '../../document/schema.ts';
import type { SchemaRule } from './rule.ts';

/**
 * The items of an array, those of a tuple one by one. Without `items`, an array may have any. Drafts before 2020-12
 * wrote tuples as a list of `items`, and what follows them as `additionalItems`. Items that one side has no place for
 * are not compared: the rule of `maxItems` tells about them.
 */
export const items: SchemaRule = {
  keywords: ['items', 'prefixItems', 'additionalItems'],
  *compare(before, after) {
    const length = Math.max(0, ...[...before, ...after].map((node) => tupleOf(node).length));
    const most = Math.min(mostItems(before), mostItems(after));
    for (let i = 0; i < Math.min(length, most); i += 1) {
      const [old, now] = [itemAt(before, i), itemAt(after, i)];
      if (old.length > 0 || now.length > 0) yield { below: [`[${i}]`], before: old, after: now };
    }
    if (length >= most) return;
    const [old, now] = [before.flatMap(restOf), after.flatMap(restOf)];
    if (old.length > 0 || now.length > 0) yield { below: ['[]'], before: old, after: now };
  },
};

function mostItems(nodes: readonly Schema[]): number {
  const limits = nodes.map(({ maxItems }) => (typeof maxItems === 'number' ? maxItems : Infinity));
  return Math.min(Infinity, ...limits);
}

function tupleOf(node: Schema): unknown[] {
  if (Array.isArray(node['items'])) return node['items'];
  return Array.isArray(node['prefixItems']) ? node['prefixItems'] : [];
}

function restOf(node: Schema): unknown[] {
  const rest = Array.isArray(node['items']) ? node['additionalItems'] : node['items'];
  return isRecord(rest) || typeof rest === 'boolean' ? [rest] : [];
}

function itemAt(nodes: readonly Schema[], index: number): unknown[] {
  return nodes.flatMap((node) => {
    const tuple = tupleOf(node);
    return index < tuple.length ? [tuple[index]] : restOf(node);
  });
}

export const uniqueItems: SchemaRule = {
  keywords: ['uniqueItems'],
  *compare(before, after, { direction }) {
    const [old, now] = [before, after].map((nodes) =>
      nodes.some((node) => node['uniqueItems'] === true),
    );
    // One item is always unique.
    if (old === now || [before, after].every((nodes) => mostItems(nodes) <= 1)) return;
    yield now
      ? { id: 'unique-items-added', verdict: narrower(direction), at: ['uniqueItems'] }
      : { id: 'unique-items-removed', verdict: wider(direction) };
  },
};
