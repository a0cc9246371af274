import { canonical, own, record, strings } from '../document/json.ts';
import type { Schema } from '../document/schema.ts';
import type { Branch } from './branch.ts';
import { allowedValues, listedValues } from './values.ts';

/**
 * Whether members of a `oneOf` share values, which it then refuses. `none`: no value is in two of them. `possible`:
 * some value could be, but none that has only the properties of one of them. `likely`: some value that people send.
 */
export type Overlap = 'none' | 'possible' | 'likely';

/** More pairs than this are not looked at: unions of that size tell their members apart. */
const mostPairs = 2000;

/** The overlap of the members of a `oneOf`; `known` has the overlaps of other `oneOf`s of the same schema. */
export function overlapOf(
  members: readonly (readonly Branch[])[],
  known: Overlap,
  target: Target,
): Overlap {
  let result = known;
  let pairs = 0;
  for (const [i, member] of members.entries()) {
    for (const other of members.slice(i + 1)) {
      for (const a of member) {
        for (const b of other) {
          if (a.type !== b.type) continue;
          pairs += 1;
          if (pairs > mostPairs) return result;
          const here = between(a, b, target);
          if (here === 'likely') return 'likely';
          if (here === 'possible') result = 'possible';
        }
      }
    }
  }
  return result;
}

/** The target of a reference. */
export type Target = (reference: string) => unknown;

function between(a: Branch, b: Branch, target: Target): Overlap {
  if (a.type === 'null') return 'likely';
  const [old, now] = [allowedValues(a.nodes), allowedValues(b.nodes)];
  if (old && now) {
    const texts = new Set(old.map(canonical));
    return now.some((value) => texts.has(canonical(value))) ? 'likely' : 'none';
  }
  if (a.type !== 'object') return 'possible';
  if (tellsApart(a.nodes, b.nodes, target)) return 'none';
  return lacksRequired(a.nodes, b.nodes) || lacksRequired(b.nodes, a.nodes) ? 'possible' : 'likely';
}

/** Whether a property that one of them requires has other values in the other. */
export function tellsApart(a: readonly Schema[], b: readonly Schema[], target: Target): boolean {
  const names = new Set([...a, ...b].flatMap((node) => strings(node['required'])));
  return [...names].some((name) => {
    const [old, now] = [a, b].map((nodes) => {
      const allOf = nodes.flatMap((node) => own(node['properties'], name) ?? []);
      return listedValues({ allOf }, target)?.map(canonical);
    });
    return old !== undefined && now !== undefined && !old.some((value) => now.includes(value));
  });
}

/** Whether `a` does not know a property that `b` requires. */
function lacksRequired(a: readonly Schema[], b: readonly Schema[]): boolean {
  const known = new Set(a.flatMap((node) => Object.keys(record(node['properties']))));
  for (const name of a.flatMap((node) => strings(node['required']))) known.add(name);
  return b.flatMap((node) => strings(node['required'])).some((name) => !known.has(name));
}
