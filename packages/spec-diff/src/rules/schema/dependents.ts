import { narrower, wider } from '../../change/change.ts';
import { isRecord, record, strings } from '../../document/json.ts';
import type { Schema } from '../../document/schema.ts';
import type { SchemaRule } from './rule.ts';

const keywords = ['dependentRequired', 'dependentSchemas', 'dependencies'];

/** Schemas for objects that have a property. */
interface Dependents {
  required: Map<string, Set<string>>;
  schemas: Map<string, unknown[]>;
}

/**
 * `dependentRequired`, `dependentSchemas`, and `dependencies`, which was both. A schema that only requires properties is
 * what `dependentRequired` says, and so is an `if` that asks for one.
 */
export const dependents: SchemaRule = {
  keywords: [...keywords, 'if'],
  *compare(before, after, { direction }) {
    const [old, now] = [read(before), read(after)];
    for (const name of new Set([...old.required.keys(), ...now.required.keys()])) {
      const [then, current] = [old.required.get(name) ?? [], now.required.get(name) ?? []];
      const lost = [...then].filter((each) => ![...current].includes(each));
      const won = [...current].filter((each) => ![...then].includes(each));
      const [below, at] = [[name], ['dependentRequired']];
      if (lost.length > 0) {
        const args = { properties: lost };
        yield { id: 'dependent-required-removed', verdict: wider(direction), args, below };
      }
      if (won.length > 0) {
        const args = { properties: won };
        yield { id: 'dependent-required-added', verdict: narrower(direction), args, below, at };
      }
    }
    for (const name of new Set([...old.schemas.keys(), ...now.schemas.keys()])) {
      const [then, current] = [old.schemas.get(name) ?? [], now.schemas.get(name) ?? []];
      yield { below: [`if ${name}`], before: then, after: current };
    }
  },
};

/** The required properties, with those that others of them require in turn. */
export function requiredIn(nodes: readonly Schema[]): Map<string, Schema> {
  const required = new Map(
    nodes.flatMap((node) => strings(node['required']).map((name) => [name, node] as const)),
  );
  const { required: dependent } = readAll(nodes);
  // The map grows while it is walked.
  for (const [name, node] of required) {
    for (const each of dependent.get(name) ?? []) if (!required.has(each)) required.set(each, node);
  }
  return required;
}

/** Without what is required anyway. */
function read(nodes: readonly Schema[]): Dependents {
  const all = readAll(nodes);
  const known = requiredIn(nodes);
  const required = [...all.required]
    .filter(([name]) => !known.has(name))
    .map(
      ([name, names]) => [name, new Set([...names].filter((each) => !known.has(each)))] as const,
    );
  return { ...all, required: new Map(required) };
}

/** Whether an `if` says that an object with a property requires others. */
export function isDependency(node: Schema): boolean {
  const [condition, then] = [record(node['if']), record(node['then'])];
  return (
    node['else'] === undefined &&
    strings(condition['required']).length === 1 &&
    [condition, then].every((each) => Object.keys(each).join() === 'required')
  );
}

function readAll(nodes: readonly Schema[]): Dependents {
  const [required, schemas] = [new Map<string, Set<string>>(), new Map<string, unknown[]>()];
  const add = (name: string, given: unknown) => {
    const only = isRecord(given) && Object.keys(given).every((key) => key === 'required');
    const names = Array.isArray(given) ? strings(given) : only ? strings(given['required']) : [];
    if (names.length > 0) required.set(name, new Set([...(required.get(name) ?? []), ...names]));
    else if (!Array.isArray(given) && !only)
      schemas.set(name, [...(schemas.get(name) ?? []), given]);
  };
  for (const node of nodes) {
    if (isDependency(node)) add(strings(record(node['if'])['required'])[0] ?? '', node['then']);
    for (const keyword of keywords) {
      for (const [name, given] of Object.entries(record(node[keyword]))) add(name, given);
    }
  }
  return { required, schemas };
}
