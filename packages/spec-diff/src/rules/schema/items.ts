import { narrower, wider } from '../../change/change.ts';
import { canonical, isRecord } from '../../document/json.ts';
import type { Schema } from '../../document/schema.ts';
import { isNothing } from './objects.ts';
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

/** The number of items of a tuple that has no others. */
export function tupleLength(nodes: readonly Schema[]): number {
  const closed = nodes.filter((node) => restOf(node).some(isNothing));
  return Math.min(Infinity, ...closed.map((node) => tupleOf(node).length));
}

/** Whether all items match what a node's `contains` asks for, so that it only counts them. */
export function containsAll(node: Schema, nodes: readonly Schema[]): boolean {
  const wanted = canonical(node['contains']);
  const isItem = (other: Schema) => tupleOf(other).length === 0 && restOf(other).length > 0;
  return (
    ['true', '{}'].includes(wanted) ||
    nodes.some((other) => isItem(other) && canonical(restOf(other)[0]) === wanted)
  );
}

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
