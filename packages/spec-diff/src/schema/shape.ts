import { canonical, identity, isRecord, list } from '../document/json.ts';
import { type JSONType, jsonTypes, type Schema, type Schemas, typeOf } from '../document/schema.ts';
import type { Spec } from '../document/spec.ts';
import { absorbed } from './absorb.ts';
import { type Branch, branchesOf, type Conjunction, decided, isOnlyValues } from './branch.ts';
import { applies } from './keywords.ts';
import { type Overlap, overlapOf, tellsApart } from './overlap.ts';
import { allowedValues } from './values.ts';

/** A schema as the set of values that it allows: the union of its branches. */
export interface Shape {
  branches: readonly Branch[];
  /** All nodes that it was made from, outermost first, for keywords that are not assertions. */
  nodes: readonly Schema[];
  /** The nodes that belong to single alternatives. */
  members: ReadonlySet<Schema>;
  /** The nodes of alternatives that others allow as well, such as the known values of an open enum. */
  absorbed: ReadonlySet<Schema>;
  /** Whether a `oneOf` refuses values that more than one of its members allow. */
  overlap: Overlap;
  /** The content as text, if the schema has too many combinations to be read as a set. */
  opaque?: string;
}

/** With more alternatives than this, or more steps to find them, a schema is compared as text. */
const mostConjunctions = 512;
const mostCombinations = 20_000;
const mostSteps = 20_000;

class TooMany extends Error {}

/** The state while a schema is read. */
interface Reading {
  /** The nodes that are being read: recursive schemas end there. */
  open: Set<Schema>;
  nodes: Schema[];
  members: Set<Schema>;
  /** How many unions the node that is read lies in. */
  depth: number;
  overlap: Overlap;
  steps: number;
}

const anything: Conjunction[] = [{ nodes: [], name: undefined }];

/**
 * Reads the schemas of one document as sets; each of them once.
 *
 * Reading multiplies out. A *way* to satisfy a schema is a list of nodes that a value has to satisfy together, without
 * their references, `allOf`, `anyOf` and `oneOf`: these have been followed. The ways of a reference and of the members of
 * an `allOf` are combined with those of the node itself, and the ways of the members of a union stand beside each other.
 * So `{ allOf: [{ anyOf: [A, B] }, C] }` has two ways, `[A, C]` and `[B, C]`. Each way becomes a branch for each JSON type
 * that it allows, and the rules compare branches of one type.
 *
 * A schema that leads back to itself adds nothing at that point: its ways are `undefined` there, which allows anything in
 * a combination, and adds no alternative to a union.
 */
export class Shapes {
  /** The number of schemas that were read, to compare with the size of the document. */
  read = 0;
  readonly #spec: Spec;
  readonly #known = new Map<string, Shape>();
  readonly #enums = new Map<string, Schema>();

  constructor(spec: Spec) {
    this.#spec = spec;
  }

  /** The same for the same nodes in any order. References are followed. */
  keyOf(schemas: Schemas): string {
    const ids = schemas.map((schema) => {
      const node = this.#followed(schema);
      return isRecord(node) ? String(identity(node)) : `${node !== false}`;
    });
    const parts = [...new Set(ids)].filter((id) => id !== 'true');
    return parts.sort().join('&') || 'true';
  }

  /** The node that a list of schemas is, if it is one. */
  nodeOf(schemas: Schemas): Schema | undefined {
    const node = schemas.length === 1 ? this.#followed(schemas[0]) : undefined;
    return isRecord(node) ? node : undefined;
  }

  shapeOf(schemas: Schemas): Shape {
    const key = this.keyOf(schemas);
    const known = this.#known.get(key);
    if (known) return known;
    this.read += 1;
    const shape = this.#read(schemas.map((schema) => this.#followed(schema)));
    this.#known.set(key, shape);
    return shape;
  }

  #read(schemas: Schemas): Shape {
    const reading: Reading = {
      ...{ open: new Set(), nodes: [], members: new Set(), depth: 0 },
      ...{ overlap: 'none', steps: 0 },
    };
    try {
      const ways = this.#all(schemas, reading);
      const { members, overlap } = reading;
      const merged = this.#merged(ways.flatMap(branchesOf));
      const branches = absorbed(merged, (type, values) => this.#listOf(type, values));
      const left = new Set(branches.flatMap((branch) => branch.nodes));
      const gone = merged.flatMap((branch) => branch.nodes).filter((node) => !left.has(node));
      const nodes = [...new Set(reading.nodes)];
      return { branches, nodes, members, overlap, absorbed: new Set(gone) };
    } catch (error) {
      if (!(error instanceof TooMany)) throw error;
      const nodes = [...new Set(reading.nodes)];
      const { members } = reading;
      const none = { branches: [], absorbed: new Set<Schema>(), overlap: 'none' } as const;
      return { ...none, nodes, members, opaque: canonical(nodes) };
    }
  }

  /** A bare reference is its target. */
  #followed(schema: unknown): unknown {
    const seen = new Set<unknown>();
    let node = schema;
    while (isRecord(node) && isBareReference(node)) {
      if (seen.has(node)) return true;
      seen.add(node);
      node = this.#spec.target(String(node['$ref'])) ?? true;
    }
    return node;
  }

  /** Every way to satisfy all of the schemas. */
  #all(schemas: Schemas, reading: Reading): Conjunction[] {
    return schemas.reduce<Conjunction[]>((whole, schema) => {
      const ways = this.#ways(schema, reading, new Map()) ?? anything;
      return this.#product(whole, ways, (left, right) => left ?? right);
    }, anything);
  }

  /**
   * Every way to satisfy a schema; undefined if the schema is being read already.
   *
   * @param union The parts of the surrounding unions that were read already.
   */
  #ways(
    schema: unknown,
    reading: Reading,
    union: Map<Schema, Conjunction[]>,
  ): Conjunction[] | undefined {
    if (schema === false) return [];
    if (!isRecord(schema)) return anything;
    if (reading.open.has(schema)) return undefined;
    const known = union.get(schema);
    if (known) return known;
    reading.steps += 1;
    if (reading.steps > mostSteps) throw new TooMany();
    reading.open.add(schema);
    reading.nodes.push(schema);
    if (reading.depth > 0) reading.members.add(schema);
    const isPure = isPureUnion(schema);
    const around = isPure ? union : new Map<Schema, Conjunction[]>();
    const name = this.#spec.nameOf(schema)?.at(-1);
    let ways: Conjunction[] = [{ nodes: isPure ? [] : [schema], name }];
    const within = (left: string | undefined, right: string | undefined) => left ?? right;
    const member = (left: string | undefined, right: string | undefined) => right ?? left;
    if (typeof schema['$ref'] === 'string') {
      const target = this.#spec.target(schema['$ref']);
      const read = this.#ways(target, reading, around);
      if (!read && isBareReference(schema)) {
        reading.open.delete(schema);
        return undefined;
      }
      ways = this.#product(ways, read ?? anything, within);
    }
    const parts = [...list(schema['allOf']), ...(decided(schema) ?? [])].map((each) =>
      this.#ways(each, reading, new Map()),
    );
    if (parts.length > 0 && isOnlyAllOf(schema) && parts.every((each) => each === undefined)) {
      // As little as a reference to what is being read.
      reading.open.delete(schema);
      return undefined;
    }
    for (const part of parts) ways = this.#product(ways, part ?? anything, within);
    for (const keyword of ['anyOf', 'oneOf']) {
      const given = schema[keyword];
      if (!Array.isArray(given)) continue;
      reading.depth += 1;
      const read = given.map((each) => this.#ways(each, reading, around));
      reading.depth -= 1;
      const members = read.map((each) => each ?? []);
      if (given.length > 0 && read.every((each) => each === undefined)) {
        // A union of only itself adds nothing to its parent, and allows anything by itself.
        reading.open.delete(schema);
        return reading.open.size > 0 ? undefined : ways;
      }
      if (keyword === 'oneOf') {
        const groups = members.map((each) => this.#product(ways, each, member).flatMap(branchesOf));
        reading.overlap = overlapOf(groups, reading.overlap, (reference) =>
          this.#spec.target(reference),
        );
      }
      ways = this.#product(ways, distinct(members.flat()), member);
    }
    reading.open.delete(schema);
    if (isPure) union.set(schema, ways);
    return ways;
  }

  /** Every combination of one way and another that some value satisfies. */
  #product(
    a: readonly Conjunction[],
    b: readonly Conjunction[],
    name: (left: string | undefined, right: string | undefined) => string | undefined,
  ): Conjunction[] {
    if (a.length * b.length > mostCombinations) throw new TooMany();
    const combinations: Conjunction[] = [];
    for (const left of a) {
      for (const right of b) {
        if (this.#contradict(left, right)) continue;
        const nodes = [...new Set([...left.nodes, ...right.nodes])];
        combinations.push({ nodes, name: name(left.name, right.name) });
        if (combinations.length > mostConjunctions) throw new TooMany();
      }
    }
    return combinations;
  }

  /** Whether only objects satisfy both, and a property that one of them requires tells them apart. */
  #contradict(left: Conjunction, right: Conjunction): boolean {
    const isObject = [...left.nodes, ...right.nodes].some((node) => node['type'] === 'object');
    return isObject && tellsApart(left.nodes, right.nodes, (each) => this.#spec.target(each));
  }

  /** Alternatives that are lists of values are one list: `oneOf: [{ const: a }, { const: b }]` is an enum. */
  #merged(branches: readonly Branch[]): Branch[] {
    const merged: Branch[] = [];
    const lists = new Map<string, { rest: readonly Schema[]; branches: Branch[] }>();
    const seen = new Set<string>();
    for (const branch of branches) {
      const key = `${branch.type} ${branch.nodes.map(identity).sort()}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const rest = branch.nodes.filter((node) => !isOnlyValues(node, branch.type));
      if (rest.length === branch.nodes.length) merged.push(branch);
      else {
        const group = `${branch.type} ${rest.map(identity).sort()}`;
        const list = lists.get(group) ?? { rest, branches: [] };
        list.branches.push(branch);
        lists.set(group, list);
      }
    }
    for (const { rest, branches: some } of lists.values()) {
      const [first] = some;
      if (!first) continue;
      if (some.length === 1) merged.push(first);
      else {
        const { type } = first;
        merged.push({ type, nodes: [...rest, this.#enumOf(type, some)], name: undefined });
      }
    }
    return merged;
  }

  #enumOf(type: JSONType, branches: readonly Branch[]): Schema {
    const values = branches.flatMap(({ nodes }) => allowedValues(nodes) ?? []);
    return this.#listOf(type, values);
  }

  /** A schema of these values only: the same object for the same values. */
  #listOf(type: JSONType, given: readonly unknown[]): Schema {
    const values = new Map<string, unknown>();
    for (const value of given) {
      if (typeOf(value) === type) values.set(canonical(value), value);
    }
    const key = [...values.keys()].sort().join();
    const known = this.#enums.get(key) ?? { enum: [...values.values()] };
    this.#enums.set(key, known);
    return known;
  }
}

/** Each way once: members of a union may share some. */
function distinct(ways: readonly Conjunction[]): Conjunction[] {
  const all = new Map<string, Conjunction>();
  for (const way of ways) {
    const key = way.nodes.map(identity).sort().join();
    if (!all.has(key)) all.set(key, way);
  }
  return [...all.values()];
}

/** Whether a schema consists of its `anyOf`, its `oneOf` or its reference, without other assertions. */
function isPureUnion(schema: Schema): boolean {
  const isUnion = Boolean(schema['anyOf']) !== Boolean(schema['oneOf']);
  if (schema['allOf'] || !(isUnion || isBareReference(schema))) return false;
  return schema['type'] === undefined && !jsonTypes.some((type) => applies(schema, type));
}

/** Whether a schema has an `allOf`, without other assertions. */
function isOnlyAllOf(schema: Schema): boolean {
  const others = ['$ref', 'anyOf', 'oneOf', 'type'].some((keyword) => keyword in schema);
  return !others && !jsonTypes.some((type) => applies(schema, type));
}

function isBareReference(node: unknown): boolean {
  return isRecord(node) && typeof node['$ref'] === 'string' && Object.keys(node).length === 1;
}
