import ts from 'typescript';
import type { Direction } from '../change/change.ts';
import type { Step } from './steps.ts';

/** A part of a call's arguments or of its result whose type changed so that some program breaks. */
export interface Difference {
  /**
   * - `gone`: the new type has no such property.
   * - `needed`: the new type requires a property that the old one does not.
   * - `type`: the types do not fit.
   */
  kind: 'gone' | 'needed' | 'type';
  steps: readonly Step[];
  /** The named types on the way, with the number of steps that lead to each. */
  names: readonly { name: string; at: number }[];
  /** The old type of the part. */
  before: ts.Type;
}

/** Parts deeper than this are not compared. */
const mostSteps = 10;
/** The maximum number of differences to find per call. */
const mostDifferences = 200;

/** Finds the parts of two types that differ for a program that was written for the old one. */
export class Differences {
  readonly #checker: ts.TypeChecker;
  readonly #direction: Direction;
  readonly #seen = new Map<ts.Type, Set<ts.Type>>();
  readonly found: Difference[] = [];

  constructor(checker: ts.TypeChecker, direction: Direction) {
    this.#checker = checker;
    this.#direction = direction;
  }

  compare(
    before: ts.Type,
    after: ts.Type,
    steps: readonly Step[] = [],
    outer: Difference['names'] = [],
  ): void {
    if (steps.length > mostSteps || this.found.length >= mostDifferences) return;
    const checker = this.#checker;
    const add = (type = before) => this.found.push({ kind: 'type', steps, names, before: type });
    const [old, now] = [checker.getNonNullableType(before), checker.getNonNullableType(after)];
    const nullable = old !== before;
    const name = nameOf(old);
    const names = name === undefined ? outer : [...outer, { name, at: steps.length }];
    // The properties of a request that may be missing are compared as such.
    const isRequest = this.#direction === 'request';
    if (isRequest ? allowsNull(before) && !allowsNull(after) : now !== after && !nullable) add();
    const [item, other] = [this.#itemOf(old), this.#itemOf(now)];
    if (item && other) {
      this.compare(item, other, [...steps, { nullable, kind: 'item' }], names);
    } else if (isObject(old) && isObject(now) && !item && !other) {
      this.#compareObjects(old, now, steps, names, nullable);
    } else if (isRequest) {
      for (const member of membersOf(old)) if (!this.#fits(member, now)) add(member);
    } else if (!this.#fits(now, old)) add();
    if (!old.isUnion()) return;
    for (const member of old.types) {
      const type = nameOf(member);
      const same = membersOf(now).find((each) => type !== undefined && nameOf(each) === type);
      if (type === undefined || !same || !isObject(member) || !isObject(same)) continue;
      this.compare(member, same, [...steps, { nullable, type }], names);
    }
  }

  #compareObjects(
    old: ts.Type,
    now: ts.Type,
    steps: readonly Step[],
    names: Difference['names'],
    nullable: boolean,
  ): void {
    if (this.#seen.get(old)?.has(now)) return;
    this.#seen.set(old, new Set([...(this.#seen.get(old) ?? []), now]));
    const checker = this.#checker;
    const properties = new Map(
      checker.getPropertiesOfType(now).map((each) => [each.name, each] as const),
    );
    const known = new Map(
      checker.getPropertiesOfType(old).map((each) => [each.name, each] as const),
    );
    for (const [property, symbol] of known) {
      const next = [...steps, { nullable, property }];
      const before = checker.getTypeOfSymbol(symbol);
      const other = properties.get(property);
      if (other) this.compare(before, checker.getTypeOfSymbol(other), next, names);
      else this.found.push({ kind: 'gone', steps: next, names, before });
    }
    const [entry, entries] = [old, now].map((each) => each.getStringIndexType());
    if (entry && entries)
      this.compare(entry, entries, [...steps, { nullable, kind: 'entry' }], names);
    if (this.#direction === 'response') return;
    for (const [property, symbol] of properties) {
      const other = known.get(property);
      if (isOptional(symbol) || (other && !isOptional(other))) continue;
      const next = [...steps, { nullable, property }];
      this.found.push({ kind: 'needed', steps: next, names, before: old });
    }
  }

  #fits(from: ts.Type, to: ts.Type): boolean {
    return this.#checker.isTypeAssignableTo(from, to);
  }

  #itemOf(type: ts.Type): ts.Type | undefined {
    return this.#checker.isArrayType(type) ? type.getNumberIndexType() : undefined;
  }
}

/** The name of a declared type; undefined for one that is stated in place. */
export function nameOf(type: ts.Type): string | undefined {
  const name = type.aliasSymbol?.name ?? type.symbol?.name;
  return name === undefined || name.startsWith('__') ? undefined : name;
}

export function membersOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

export function allowsNull(type: ts.Type): boolean {
  return membersOf(type).some(({ flags }) => (flags & ts.TypeFlags.Null) !== 0);
}

export function isOptional(symbol: ts.Symbol): boolean {
  return (symbol.flags & ts.SymbolFlags.Optional) !== 0;
}

function isObject(type: ts.Type): boolean {
  const { flags } = type;
  return (flags & ts.TypeFlags.Object) !== 0 || type.isIntersection();
}
