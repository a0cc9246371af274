import { narrower, wider } from '../../change/change.ts';
import { isRecord, record, strings } from '../../document/json.ts';
import type { Schema } from '../../document/schema.ts';
import type { SchemaRule } from './rule.ts';

/** Schemas for objects that have a property. */
interface Dependents {
  required: Map<string, Set<string>>;
  schemas: Map<string, unknown[]>;
}

/**
 * `dependentRequired`, `dependentSchemas`, and `dependencies`, which was both. A schema that only requires properties is
 * what `dependentRequired` says.
 */
export const dependents: SchemaRule = {
  keywords: ['dependentRequired', 'dependentSchemas', 'dependencies'],
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

function read(nodes: readonly Schema[]): Dependents {
  const [required, schemas] = [new Map<string, Set<string>>(), new Map<string, unknown[]>()];
  const add = (name: string, given: unknown) => {
    const only = isRecord(given) && Object.keys(given).every((key) => key === 'required');
    const names = Array.isArray(given) ? strings(given) : only ? strings(given['required']) : [];
    if (names.length > 0) required.set(name, new Set([...(required.get(name) ?? []), ...names]));
    else if (!Array.isArray(given) && !only)
      schemas.set(name, [...(schemas.get(name) ?? []), given]);
  };
  for (const node of nodes) {
    for (const keyword of dependents.keywords) {
      for (const [name, given] of Object.entries(record(node[keyword]))) add(name, given);
    }
  }
  return { required, schemas };
}
