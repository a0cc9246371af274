import { narrower, wider } from '../../change/change.ts';
import { canonical } from '../../document/json.ts';
import type { Schema } from '../../document/schema.ts';
import { decided } from '../../schema/branch.ts';
import { isDependency } from './dependents.ts';
import { containsAll } from './items.ts';
import type { Child, RuleContext, SchemaRule } from './rule.ts';

type Results = ReturnType<SchemaRule['compare']>;

/** Nodes with the keyword, as pairs; those that are equal on both sides first. */
function paired(
  before: readonly Schema[],
  after: readonly Schema[],
  isSame: (before: Schema, after: Schema) => boolean,
): { pairs: [Schema, Schema][]; removed: Schema[]; added: Schema[] } {
  const added = [...after];
  const removed: Schema[] = [];
  const pairs: [Schema, Schema][] = [];
  for (const node of before) {
    const at = added.findIndex((other) => isSame(node, other));
    const [found] = at < 0 ? [] : added.splice(at, 1);
    if (found) pairs.push([node, found]);
    else removed.push(node);
  }
  return { pairs, removed, added };
}

/** An added assertion refuses more, a removed one refuses less, and a changed one may do either. */
function* assertion(
  keyword: string,
  removed: number,
  added: number,
  { direction }: RuleContext,
): Results {
  const [args, at] = [{ keyword }, [keyword]];
  if (removed > 0 && added > 0) yield { id: 'constraint-changed', verdict: 'breaking', args, at };
  else if (removed > 0) yield { id: 'constraint-removed', verdict: wider(direction), args };
  else if (added > 0) yield { id: 'constraint-added', verdict: narrower(direction), args, at };
}

const having = (nodes: readonly Schema[], keyword: string) =>
  nodes.filter((node) => Object.hasOwn(node, keyword));

/** The schema of `not`: the more it allows, the fewer values remain. */
export const not: SchemaRule = {
  keywords: ['not'],
  *compare(before, after, context) {
    const { pairs, removed, added } = paired(having(before, 'not'), having(after, 'not'), (a, b) =>
      context.same([a['not']], [b['not']]),
    );
    const [old, now] = [removed, added];
    if (pairs.length === 0 && old.length === 1 && now.length === 1) {
      const child: Child = { below: ['not'], before: [old[0]?.['not']], after: [now[0]?.['not']] };
      yield { ...child, isNegated: true };
      return;
    }
    yield* assertion('not', old.length, now.length, context);
  },
};

/** `then` and `else` have an effect only beside an `if`, and the other way round. */
export const conditions: SchemaRule = {
  keywords: ['if', 'then', 'else'],
  *compare(before, after, context) {
    const isSaying = (given: unknown) => given !== true && canonical(given ?? {}) !== '{}';
    const conditional = (nodes: readonly Schema[]) =>
      having(nodes, 'if').filter(
        (node) =>
          decided(node) === undefined &&
          (isSaying(node['then']) || isSaying(node['else'])) &&
          !(context.type === 'object' && isDependency(node)),
      );
    const { pairs, removed, added } = paired(conditional(before), conditional(after), (a, b) =>
      context.same([a['if']], [b['if']]),
    );
    for (const [old, now] of pairs) {
      for (const keyword of ['then', 'else']) {
        const [then, current] = [old[keyword] ?? true, now[keyword] ?? true];
        if (then !== true || current !== true)
          yield { below: [keyword], before: [then], after: [current] };
      }
    }
    yield* assertion('if', removed.length, added.length, context);
  },
};

/** How many items of an array have to match a schema. */
export const contains: SchemaRule = {
  keywords: ['contains', 'minContains', 'maxContains'],
  *compare(before, after, context) {
    const limited = (nodes: readonly Schema[], others: readonly Schema[]) =>
      having(nodes, 'contains').filter(
        (node) =>
          (least(node) > 0 || most(node) < Infinity) &&
          !(containsAll(node, nodes) && counts(node, others)),
      );
    const [old, now] = [limited(before, after), limited(after, before)];
    const { pairs, removed, added } = paired(old, now, (a, b) =>
      context.same([a['contains']], [b['contains']]),
    );
    for (const [then, current] of pairs) {
      const isLess = least(current) < least(then) || most(current) > most(then);
      const isMore = least(current) > least(then) || most(current) < most(then);
      yield* assertion('contains', Number(isLess), Number(isMore), context);
    }
    const [then, current] = [removed[0], added[0]];
    const isAtLeast = [then, current].every(
      (node) => node && most(node) === Infinity && least(node) === 1,
    );
    if (then && current && isAtLeast && removed.length === 1 && added.length === 1) {
      yield {
        below: ['contains'],
        before: [then['contains']],
        after: [current['contains']],
      };
      return;
    }
    yield* assertion('contains', removed.length, added.length, context);
  },
};

/** Whether an array has as few and as many items as a `contains` of all of them asks for. */
function counts(node: Schema, others: readonly Schema[]): boolean {
  const sizes = others.map(({ minItems, maxItems }) => [minItems, maxItems].map(Number));
  return (
    (least(node) === 0 || sizes.some(([min = 0]) => min >= least(node))) &&
    (most(node) === Infinity || sizes.some(([, max = Infinity]) => max <= most(node)))
  );
}

function least(node: Schema): number {
  return typeof node['minContains'] === 'number' ? node['minContains'] : 1;
}

function most(node: Schema): number {
  return typeof node['maxContains'] === 'number' ? node['maxContains'] : Infinity;
}

/** The schema of decoded content: only an equal schema is compatible. */
export const contentSchema: SchemaRule = {
  keywords: ['contentSchema'],
  *compare(before, after, context) {
    const [old, now] = [having(before, 'contentSchema'), having(after, 'contentSchema')];
    const { removed, added } = paired(
      old,
      now,
      (a, b) =>
        canonical(a['contentSchema']) === canonical(b['contentSchema']) ||
        context.same([a['contentSchema']], [b['contentSchema']]),
    );
    yield* assertion('contentSchema', removed.length, added.length, context);
  },
};
