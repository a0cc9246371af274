import ts from 'typescript';
import { isOptional, membersOf, nameOf } from './differences.ts';
import { namesOf, quote, type Step } from './steps.ts';

/** Values nest at most this deep. */
const mostDepth = 8;

/** Writes values of types: as small as possible, but with the part that a program is about. */
export class Values {
  readonly #checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  /**
   * The text of a value.
   *
   * @param name A text to use where any text is allowed.
   * @param steps The way to the part that the value has in any case.
   * @param part The text of that part; by default, any value of its type.
   * @returns undefined if the type has no value, or none that is short.
   */
  write(
    given: ts.Type,
    name: string,
    steps: readonly Step[] = [],
    part?: string,
    depth = 0,
  ): string | undefined {
    const [step, ...rest] = steps;
    if (!step && part !== undefined) return part;
    if (depth > mostDepth) return undefined;
    const type = this.#checker.getNonNullableType(given);
    const { flags } = type;
    if (step && 'type' in step) {
      const member = membersOf(type).find((each) => nameOf(each) === step.type);
      return member && this.write(member, name, rest, part, depth + 1);
    }
    if (flags & ts.TypeFlags.Boolean) return 'true';
    if (type.isUnion()) {
      const members = step ? type.types.filter((each) => this.#has(each, step)) : type.types;
      for (const member of members) {
        const text = this.write(member, name, steps, part, depth + 1);
        if (text !== undefined) return text;
      }
      return undefined;
    }
    if (type.isStringLiteral()) return quote(type.value);
    if (type.isNumberLiteral()) return `${type.value}`;
    if (flags & ts.TypeFlags.BooleanLiteral) return this.#checker.typeToString(type);
    if (flags & ts.TypeFlags.String) return quote(name);
    if (flags & ts.TypeFlags.Number) return '1';
    if (flags & ts.TypeFlags.Null) return 'null';
    if (flags & ts.TypeFlags.Unknown) return quote(name);
    if (this.#checker.isArrayType(type)) {
      const item = type.getNumberIndexType();
      if (!step || !item) return '[]';
      const text = this.write(item, name, rest, part, depth + 1);
      return text === undefined ? undefined : `[${text}]`;
    }
    if (!(flags & ts.TypeFlags.Object) && !type.isIntersection()) return undefined;
    if (type.symbol?.name === 'Blob') return `new Blob([${quote(name)}])`;
    return this.#object(type, step, rest, part, depth);
  }

  #object(
    type: ts.Type,
    step: Step | undefined,
    rest: readonly Step[],
    part: string | undefined,
    depth: number,
  ): string | undefined {
    const [wanted] = step ? namesOf([step]) : [];
    const entries: string[] = [];
    for (const symbol of this.#checker.getPropertiesOfType(type)) {
      const { name } = symbol;
      if (name !== wanted && isOptional(symbol)) continue;
      const way = name === wanted ? ([rest, part] as const) : ([[], undefined] as const);
      const text = this.write(this.#checker.getTypeOfSymbol(symbol), name, ...way, depth + 1);
      if (text === undefined) return undefined;
      entries.push(`${key(name)}: ${text}`);
    }
    if (step && 'kind' in step) {
      const entry = type.getStringIndexType();
      const text = entry && this.write(entry, 'key', rest, part, depth + 1);
      if (text === undefined) return undefined;
      entries.push(`key: ${text}`);
    }
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }

  #has(type: ts.Type, step: Step): boolean {
    if ('property' in step) return type.getProperty(step.property) !== undefined;
    if ('kind' in step && step.kind === 'item') return this.#checker.isArrayType(type);
    return type.getStringIndexType() !== undefined;
  }
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}
