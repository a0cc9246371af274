import type { API } from '../api/api.ts';
import { propertyOf, type Schema, shapeOf } from '../api/schema.ts';
import { valueAt } from '../lib/value-at.ts';
import { issuesOf } from '../state/contract.ts';
import type { ContractIssue } from '../state/contract-error.ts';
import { hash } from '../state/generate/random.ts';
import { compileValue } from '../state/generate/values.ts';

type Item = Record<string, unknown>;

/** What a mock can serve of an item: all of it, most of it, or nothing. */
export interface Repaired {
  /** Undefined if the item has to be left out. */
  item: Item | undefined;
  /** What is not as the server sent it, in sentences. */
  reasons: string[];
}

/** Each round may find what the one before has uncovered. */
const rounds = 3;

/**
 * Makes an item fit the contract, without which a mock could not serve it: what is invalid is left out, and what is
 * required gets a generated value.
 *
 * @param id the property that names the item, which is never changed
 */
export function repair(api: API, schema: Schema, given: Item, id: string): Repaired {
  let issues = issuesOf(api, given, schema);
  if (issues.length === 0) return { item: given, reasons: [] };
  const item = structuredClone(given);
  const reasons: string[] = [];
  for (let round = 0; round < rounds && issues.length > 0; round += 1) {
    for (const issue of issues) {
      const path = issue.path === '' ? [] : issue.path.split('.');
      // The last round gives up the whole property.
      const place = round === rounds - 1 ? path.slice(0, 1) : path;
      if (place.length === 0 || place[0] === id) return { item: undefined, reasons: [lost(issue)] };
      reasons.push(mend(item, place, issue, schema));
    }
    issues = issuesOf(api, item, schema);
  }
  const [left] = issues;
  return left
    ? { item: undefined, reasons: [lost(left)] }
    : { item, reasons: [...new Set(reasons)] };
}

function lost({ path, message }: ContractIssue): string {
  return `Left out: ${path === '' ? 'the item' : `\`${path}\``} ${message}.`;
}

/** Changes the value at a place, and says how. */
function mend(item: Item, place: string[], { path, message }: ContractIssue, schema: Schema) {
  const isMissing = message === 'is required';
  if (isMissing && place.length === 1 && mayBeNull(schema, place[0] ?? '')) {
    set(item, place, null);
    return `\`${path}\` is required, but the server sends none: it is null.`;
  }
  const generated = isMissing || place.length > 1 ? sampleOf(schema, item) : undefined;
  if (isMissing) {
    const value = valueAt(generated, place);
    if (value !== undefined) {
      set(item, place, value);
      return `\`${path}\` is required, but the server sends none: it has a generated value.`;
    }
  }
  set(item, place, undefined);
  return `\`${path}\` ${message}: it is left out.`;
}

function mayBeNull(schema: Schema, name: string): boolean {
  return shapeOf(propertyOf(schema, name), schema).nullable;
}

/** An item as the mock would make it. */
function sampleOf(schema: Schema, item: Item): unknown {
  const seed = hash(JSON.stringify(Object.keys(item)));
  const persona = { seed, index: seed % 10_000, exemplary: true, ids: {} };
  return compileValue(schema, '', schema)({ persona, row: seed, depth: 0 }, seed);
}

/** Sets a value that exists, or removes it; in a list, what follows moves up. */
function set(item: Item, path: readonly string[], value: unknown): void {
  const parent = valueAt(item, path.slice(0, -1));
  const name = path.at(-1) ?? '';
  if (typeof parent !== 'object' || parent === null) return;
  if (value !== undefined) Object.assign(parent, { [name]: value });
  else if (Array.isArray(parent)) parent.splice(Number(name), 1);
  else delete (parent as Item)[name];
}
