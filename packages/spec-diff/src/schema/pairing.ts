import { canonical, identity, isRecord, own, record, strings } from '../document/json.ts';
import type { JSONType } from '../document/schema.ts';
import type { Branch } from './branch.ts';
import { allowedValues } from './values.ts';

export interface Pairing {
  pairs: [before: Branch, after: Branch][];
  removed: Branch[];
  added: Branch[];
}

/** With more combinations than this, branches are paired by their appearance only. */
const mostComparisons = 400;

/** Whether two branches belong together. */
export type Criterion = (before: Branch, after: Branch) => boolean;

/**
 * Pairs the branches of one type: those of the same content, those of the same name, those that a criterion brings
 * together, the strictest one first, and then those that look alike.
 */
export function pair(
  before: readonly Branch[],
  after: readonly Branch[],
  criteria: readonly Criterion[],
): Pairing {
  const removed = new Set(before);
  const added = new Set(after);
  const pairs: Pairing['pairs'] = [];
  const take = (a: Branch, b: Branch) => {
    pairs.push([a, b]);
    removed.delete(a);
    added.delete(b);
  };
  const byKey = (keyOf: (branch: Branch) => string | undefined) => {
    const keys = new Map<string, Branch[]>();
    for (const branch of added) {
      const key = keyOf(branch);
      if (key !== undefined) keys.set(key, [...(keys.get(key) ?? []), branch]);
    }
    for (const a of [...removed]) {
      const b = keys.get(keyOf(a) ?? ' ')?.shift();
      if (b) take(a, b);
    }
  };
  byKey(contentOf);
  // A name that several branches share, as alternatives of one component do, is ignored.
  const repeated = new Set([...repeatedNames(removed), ...repeatedNames(added)]);
  byKey(({ name }) => (name !== undefined && repeated.has(name) ? undefined : name));
  const [onlyBefore] = removed;
  const [onlyAfter] = added;
  if (before.length === 1 && after.length === 1 && onlyBefore && onlyAfter) {
    take(onlyBefore, onlyAfter);
  }
  for (const isMatch of criteria) {
    if (removed.size * added.size > mostComparisons) break;
    for (const a of [...removed]) {
      const b = [...added].find((each) => isMatch(a, each));
      if (b) take(a, b);
    }
  }
  const alike = [...removed].flatMap((a) =>
    [...added].map((b) => ({ a, b, score: likeness(a, b) })).filter(({ score }) => score > 0),
  );
  for (const { a, b } of alike.sort((x, y) => y.score - x.score)) {
    if (removed.has(a) && added.has(b)) take(a, b);
  }
  return { pairs, removed: [...removed], added: [...added] };
}

function repeatedNames(branches: Iterable<Branch>): string[] {
  const names = [...branches].flatMap(({ name }) => (name === undefined ? [] : [name]));
  return names.filter((name, i) => names.indexOf(name) < i);
}

/** Groups branches by their type. */
export function byType(branches: readonly Branch[]): Map<JSONType, Branch[]> {
  const groups = new Map<JSONType, Branch[]>();
  for (const branch of branches) {
    groups.set(branch.type, [...(groups.get(branch.type) ?? []), branch]);
  }
  return groups;
}

const contents = new WeakMap<object, string>();

/** Returns the same text for equal branches. */
export function contentOf({ type, nodes }: Branch): string {
  const texts = nodes.map((node) => {
    const known = contents.get(node) ?? canonical(node);
    contents.set(node, known);
    return known;
  });
  return `${type} ${texts.sort().join()}`;
}

/** How much two branches have in common; 0 if they are two different things. */
function likeness(a: Branch, b: Branch): number {
  if (a.type !== 'object') return 1;
  const [old, now] = [constantsOf(a), constantsOf(b)];
  for (const [name, value] of old) {
    const other = now.get(name);
    if (other !== undefined) return other === value ? 1000 : 0;
  }
  const [names, others] = [namesIn(a), namesIn(b)];
  const shared = [...names].filter((name) => others.has(name)).length;
  return names.size + others.size === 0 ? 1 : shared / Math.max(names.size, others.size);
}

function constantsOf({ nodes }: Branch): Map<string, string> {
  const all = new Map<string, string>();
  for (const node of nodes) {
    for (const [name, schema] of Object.entries(record(node['properties']))) {
      const values = isRecord(schema) ? allowedValues([schema]) : undefined;
      if (values?.length === 1) all.set(name, canonical(values[0]));
    }
  }
  return all;
}

function namesIn({ nodes }: Branch): Set<string> {
  return new Set(
    nodes.flatMap((node) => [
      ...Object.keys(record(node['properties'])),
      ...strings(node['required']),
    ]),
  );
}

/** The key of a branch: the same nodes in any order. */
export function branchKey({ type, nodes }: Branch): string {
  return `${type} ${nodes.map(identity).sort().join('&')}`;
}

/**
 * The names of branches in a message. Branches that share a name with others of the same schema
 * are named by their type.
 */
export function describeAll(branches: readonly Branch[], others: readonly Branch[]): string[] {
  const rest = others.filter((other) => !branches.includes(other));
  const isShared = (name: string) => rest.some((other) => other.name === name);
  const texts = branches.map((branch) =>
    describe(
      branch.name !== undefined && isShared(branch.name) ? { ...branch, name: undefined } : branch,
    ),
  );
  return [...new Set(texts)];
}

/** The name of a branch in a message: its name, its title, the values that tell it apart, or its type. */
export function describe(branch: Branch): string {
  const { type, nodes, name } = branch;
  // Null is what a component with this name allows as well.
  if (type === 'null') return type;
  const title = nodes.map((node) => own(node, 'title')).find((each) => typeof each === 'string');
  if (name ?? title) return String(name ?? title);
  const names = type === 'object' ? [...namesIn({ type, nodes, name })] : [];
  const tags = type === 'object' ? [...constantsOf(branch)].slice(0, 3) : [];
  if (tags.length > 0)
    return `object with ${tags.map(([tag, value]) => `\`${tag}\` ${value}`).join(', ')}`;
  if (names.length > 0)
    return `object with ${names
      .slice(0, 3)
      .map((each) => `\`${each}\``)
      .join(', ')}`;
  const integer = nodes.some((node) => [node['type']].flat().includes('integer'));
  return type === 'number' && integer ? 'integer' : type;
}
