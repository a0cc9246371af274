import ts from 'typescript';
import type { Direction } from '../change/change.ts';
import type { Call, Clients } from './clients.ts';
import { allowsNull, type Difference, Differences, membersOf } from './differences.ts';
import { quote, readPart, type Step } from './steps.ts';
import { Values } from './values.ts';

/** A program that a difference may break. */
export interface Candidate {
  program: string;
  direction: Direction;
  /** The difference that it is about; undefined for the plain call. */
  difference?: Difference;
}

/** A longer type is not written into a program. */
const longestType = 300;

/** Makes the programs that call one method. */
export class Programs {
  readonly #clients: Clients;
  readonly #values: Values;
  readonly #id: string;
  readonly #positional: string;
  readonly #before: Call;
  readonly #after: Call | undefined;

  /** @param positional The name of the first argument. */
  constructor(clients: Clients, id: string, positional: string, before: Call) {
    this.#clients = clients;
    this.#values = new Values(clients.checker);
    this.#id = id;
    this.#positional = positional;
    this.#before = before;
    this.#after = clients.call('after', id);
  }

  /** The plain call, and a program for each difference between the types. */
  *candidates(): Generator<Candidate> {
    const plain = this.#call();
    if (plain !== undefined) yield { program: `await ${plain};`, direction: 'request' };
    const options = this.#call([], undefined, undefined, '{ timeout: 1000 }');
    if (options !== undefined) yield { program: `await ${options};`, direction: 'request' };
    if (!this.#after) return;
    yield* this.#sent(this.#before, this.#after);
    if (plain !== undefined) yield* this.#received(plain, this.#before, this.#after);
  }

  /** A call with a value at a place of the params; undefined without such a place. */
  with(names: readonly string[], part: string): string | undefined {
    const { params, positional } = this.#before;
    const [first] = names;
    if (positional && names.length === 1 && first === this.#positional) {
      const call = this.#call([], undefined, part);
      return call && `await ${call};`;
    }
    const steps = params && this.#stepsTo(params, names);
    const call = steps && this.#call(steps, part);
    return call && `await ${call};`;
  }

  /** A params object of a named type. */
  params(type: string): string | undefined {
    const { params } = this.#before;
    const [first] = params ? this.#clients.checker.getPropertiesOfType(params) : [];
    const steps = first ? [{ nullable: false, property: first.name }] : [];
    const text = params && this.#values.write(params, 'text', steps);
    const program = `import type { ${type} } from '@org/types';\nexport const params: ${type} = ${text};`;
    return text && program;
  }

  *#sent(before: Call, after: Call): Generator<Candidate> {
    const direction = 'request';
    for (const difference of this.#differences(before.positional, after.positional, direction)) {
      const text = this.#values.write(difference.before, this.#positional);
      const call = text && this.#call([], undefined, text);
      const steps = [{ nullable: false, property: this.#positional }];
      if (call)
        yield { program: `await ${call};`, direction, difference: { ...difference, steps } };
    }
    const differences = after.params
      ? this.#differences(before.params, after.params, direction)
      : gone(before.params, this.#clients.checker);
    for (const difference of differences) {
      const { kind, steps } = difference;
      const call =
        kind === 'needed'
          ? this.#call(steps.slice(0, -1))
          : this.#call(steps, this.#part(difference));
      if (call) yield { program: `await ${call};`, direction, difference };
    }
  }

  #part({ kind, before, steps }: Difference): string | undefined {
    if (kind !== 'type') return undefined;
    const last = steps.findLast((step) => 'property' in step);
    const name = last && 'property' in last ? last.property : 'value';
    const isNull = allowsNull(before);
    return isNull ? 'null' : this.#values.write(before, name);
  }

  *#received(call: string, before: Call, after: Call): Generator<Candidate> {
    const direction = 'response';
    const name = /Page$/.test(before.result.symbol?.name ?? '') ? 'page' : 'result';
    const setup = `const ${name} = await ${call};`;
    for (const difference of this.#differences(before.result, after.result, direction)) {
      const part = readPart(name, difference.steps);
      const reads = `${setup}\nconsole.log(${part});`;
      if (difference.kind === 'gone') {
        yield { program: this.#withImports(reads, difference.steps), direction, difference };
        continue;
      }
      const isObject = (difference.before.flags & ts.TypeFlags.Object) !== 0;
      const [property] = isObject ? difference.before.getProperties() : [];
      if (property) {
        const member = readPart(part, [{ nullable: false, property: property.name }]);
        const program = this.#withImports(`${setup}\nconsole.log(${member});`, difference.steps);
        yield { program, direction, difference };
      }
      const text = this.#clients.checker.typeToString(
        difference.before,
        undefined,
        ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType,
      );
      if (text.length > longestType) continue;
      const program = this.#withImports(
        `${setup}\nconst value: ${text} = ${part};`,
        difference.steps,
        text,
      );
      yield { program, direction, difference };
    }
  }

  /** The program with an import of the types that it names. */
  #withImports(program: string, steps: readonly Step[], type = ''): string {
    const exported = this.#clients.exported('before');
    // What stands in quotes is a value.
    const named =
      type.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '').match(/[\w$]+/g) ?? [];
    const asserted = steps.flatMap((step) => ('type' in step ? [step.type] : []));
    const names = [...new Set([...named, ...asserted])].filter((each) => exported.has(each)).sort();
    if (names.length === 0) return program;
    return `import type { ${names.join(', ')} } from '@org/types';\n${program}`;
  }

  #differences(
    before: ts.Type | undefined,
    after: ts.Type | undefined,
    direction: Direction,
  ): readonly Difference[] {
    if (!before || !after) return [];
    const differences = new Differences(this.#clients.checker, direction);
    differences.compare(before, after);
    return differences.found;
  }

  /** The call with as little as possible, besides the part of the params that `steps` lead to. */
  #call(
    steps: readonly Step[] = [],
    part?: string,
    first?: string,
    options?: string,
  ): string | undefined {
    const { positional, params, isOptional } = this.#before;
    const args: string[] = [];
    if (positional) args.push(first ?? this.#values.write(positional, this.#positional) ?? "''");
    if (params) {
      const text = this.#values.write(params, 'text', steps, part);
      if (text === undefined) return undefined;
      if (text !== '{}' || options !== undefined || !isOptional) args.push(text);
    }
    if (options !== undefined) args.push(options);
    const path = this.#id.split('.').map((property) => ({ nullable: false, property }));
    return `${readPart('client', path)}(${args.join(', ')})`;
  }

  /** The first way to properties of these names. */
  #stepsTo(type: ts.Type, names: readonly string[], depth = 0): Step[] | undefined {
    const [name, ...rest] = names;
    if (name === undefined) return [];
    if (depth > 10) return undefined;
    const { checker } = this.#clients;
    for (const member of membersOf(checker.getNonNullableType(type))) {
      const item = checker.isArrayType(member) ? member.getNumberIndexType() : undefined;
      if (item) {
        const steps = this.#stepsTo(item, names, depth + 1);
        if (steps) return [{ nullable: false, kind: 'item' }, ...steps];
        continue;
      }
      const symbol = member.getProperty(name);
      const steps = symbol && this.#stepsTo(checker.getTypeOfSymbol(symbol), rest, depth + 1);
      if (steps) return [{ nullable: false, property: name }, ...steps];
    }
    return undefined;
  }
}

/** All properties, where the call no longer takes any. */
function gone(params: ts.Type | undefined, checker: ts.TypeChecker): Difference[] {
  const properties = params ? checker.getPropertiesOfType(params) : [];
  return properties.map((symbol) => ({
    kind: 'gone',
    steps: [{ nullable: false, property: symbol.name }],
    names: [],
    before: checker.getTypeOfSymbol(symbol),
  }));
}

/** The text of a value that a constraint is about. */
export function literalOf(value: string | number): string {
  return typeof value === 'string' ? quote(value) : `${value}`;
}
