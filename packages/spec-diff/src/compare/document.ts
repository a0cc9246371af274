import type { Direction } from '../change/change.ts';
import { canonical, identity, type Json, own, record } from '../document/json.ts';
import { type Operation, operationsOf } from '../document/operations.ts';
import type { Sameness } from '../document/sameness.ts';
import { methods, type Sides, type Spec } from '../document/spec.ts';
import { unknownFields } from '../rules/api/fields.ts';
import { pairOperations } from '../rules/api/operations.ts';
import { originOf, prefixOf, servers } from '../rules/api/servers.ts';
import { words } from '../rules/words.ts';
import { compareHeader } from './content.ts';
import { type Compare, Context, type Results } from './context.ts';
import { Graph, type Question } from './graph.ts';
import { compareOperation } from './operation.ts';
import { compareParameter } from './parameters.ts';
import { compareBody } from './request-body.ts';
import { compareResponse } from './responses.ts';
import { Schemata } from './schemas.ts';

const comparers: Record<string, Compare> = {
  parameters: compareParameter,
  responses: compareResponse,
  requestBodies: compareBody,
  headers: compareHeader,
};

/** Compares two documents, place by place. */
export class DocumentPair {
  readonly graph: Graph = new Graph();
  readonly schemata: Schemata;
  readonly #specs: Sides<Spec>;
  readonly #sameness: Sameness;
  readonly #context: Context;

  constructor(specs: Sides<Spec>, sameness: Sameness) {
    this.#specs = specs;
    this.#sameness = sameness;
    const hasXML = usesXML(specs.before) && usesXML(specs.after);
    this.schemata = new Schemata(this.graph, specs, sameness, hasXML);
    this.#context = new Context(specs, sameness, this.schemata);
  }

  /** The questions that everything else follows from: the document, and each of its operations. */
  *questions(): Generator<Question> {
    const { before, after } = this.#specs;
    const [old, now] = [
      operationsOf(before, before.document['paths']),
      operationsOf(after, after.document['paths']),
    ];
    const isAPI = old.length > 0 && now.length > 0;
    // If there was no API, or is none, its address and name do not matter.
    if (isAPI) yield this.#root('document', [], () => this.#document());
    yield* this.#operations(old, now, 'request', []);
    const hooks = [before, after].map((spec) => operationsOf(spec, spec.document['webhooks']));
    yield* this.#operations(hooks[0] ?? [], hooks[1] ?? [], 'response', ['webhook']);
  }

  /** A component that no operation uses: its type is exported. */
  component(section: string, name: string, direction: Direction): Question | undefined {
    const [old, now] = [
      this.#specs.before.component(section, name),
      this.#specs.after.component(section, name),
    ];
    const place = ['components', section, name];
    if (section === 'schemas') return { ...this.schemata.question([old], [now], direction), place };
    const compare = comparers[section];
    return compare && { ...this.#context.question(section, old, now, direction, compare), place };
  }

  #root(
    key: string,
    place: readonly string[],
    compare: () => Results,
    operation?: string,
  ): Question {
    const [before, after] = [this.#specs.before.document, this.#specs.after.document];
    return {
      key,
      before,
      after,
      place,
      direction: 'request',
      compare,
      ...(operation && { operation }),
    };
  }

  *#document(): Results {
    const { document: old } = this.#specs.before;
    const { document: now } = this.#specs.after;
    if (this.#isServed())
      for (const found of servers(old['servers'], now['servers'], this.#hasMoved()))
        yield { ...found, below: ['servers'] };
    for (const found of words(record(old['info']), record(now['info']))) {
      yield { ...found, below: ['info'], at: ['info', ...(found.at ?? [])] };
    }
    for (const keyword of ['tags', 'externalDocs']) {
      if (canonical(old[keyword]) === canonical(now[keyword])) continue;
      const [args, at] = [{ keyword }, [keyword]];
      yield { id: 'documentation-changed', verdict: 'none', args, below: ['info'], at };
    }
    const known = [
      'openapi',
      'info',
      'servers',
      'security',
      'paths',
      'webhooks',
      'components',
      '$self',
      'jsonSchemaDialect',
    ];
    for (const found of unknownFields(old, now, known)) yield { ...found, below: ['info'] };
  }

  /** Whether an operation has the servers of the document on both sides. Others are compared one by one. */
  #isServed(): boolean {
    const { pairs } = this.#paths();
    return (
      pairs.length === 0 ||
      pairs.some((pair) => pair.every((operation) => operation.servers === undefined))
    );
  }

  /** Whether the address of the API changed, and not only the line between the server and the paths. */
  #hasMoved(): boolean {
    const [old, now] = [this.#specs.before.document, this.#specs.after.document];
    if (prefixOf(old['servers']) === prefixOf(now['servers'])) return true;
    if (originOf(old['servers']) !== originOf(now['servers'])) return true;
    const { pairs } = this.#paths();
    return pairs.some(
      ([before, after]) =>
        this.#context.addressOf('before', before) !== this.#context.addressOf('after', after),
    );
  }

  #paths() {
    const [old, now] = [this.#specs.before.document, this.#specs.after.document];
    return this.#pair(
      operationsOf(this.#specs.before, old['paths']),
      operationsOf(this.#specs.after, now['paths']),
    );
  }

  #pair(before: readonly Operation[], after: readonly Operation[]) {
    const [old, now] = [this.#specs.before.document, this.#specs.after.document];
    return pairOperations(before, after, [prefixOf(old['servers']), prefixOf(now['servers'])]);
  }

  /** Whether the defaults of operations are equal. */
  #haveSameDefaults(): boolean {
    const [old, now] = [this.#specs.before.document, this.#specs.after.document];
    const schemes = (document: Json) => own(document['components'], 'securitySchemes');
    return (
      ['security', 'servers'].every((field) => this.#sameness.same(old[field], now[field])) &&
      this.#sameness.same(schemes(old), schemes(now))
    );
  }

  #areSame(before: Operation, after: Operation): boolean {
    return (
      before.name === after.name &&
      this.#sameness.same(before.node, after.node) &&
      this.#sameness.same(fieldsOf(before.pathItem), fieldsOf(after.pathItem))
    );
  }

  *#operations(
    before: readonly Operation[],
    after: readonly Operation[],
    direction: Direction,
    place: readonly string[],
  ): Generator<Question> {
    const { pairs, removed, added } = this.#pair(before, after);
    const prefix = place.length > 0 ? `${place.join(' ')} ` : '';
    const haveSameDefaults = this.#haveSameDefaults();
    for (const [old, now] of pairs) {
      if (haveSameDefaults && this.#areSame(old, now)) continue;
      const name = `${prefix}${old.name}`;
      const key = `operation ${identity(old.node)} ${identity(now.node)} ${name}`;
      yield {
        ...this.#root(
          key,
          [name],
          () => compareOperation(this.#context, old, now, direction),
          name,
        ),
        before: old.node,
        after: now.node,
        direction,
      };
    }
    for (const { name, node } of removed) {
      yield {
        ...this.#root(
          `removed ${prefix}${name}`,
          [`${prefix}${name}`],
          function* () {
            yield { id: 'operation-removed', verdict: 'breaking', affects: 'presence' };
          },
          `${prefix}${name}`,
        ),
        before: node,
        after: undefined,
      };
    }
    for (const { name, node } of added) {
      yield {
        ...this.#root(
          `added ${prefix}${name}`,
          [`${prefix}${name}`],
          function* () {
            yield { id: 'operation-added', verdict: 'addition', affects: 'presence' };
          },
          `${prefix}${name}`,
        ),
        before: undefined,
        after: node,
      };
    }
  }
}

/** The fields of a path item besides its operations. */
function fieldsOf(pathItem: Json): Json {
  return Object.fromEntries(
    Object.entries(pathItem).filter(([name]) => !(methods as readonly string[]).includes(name)),
  );
}

function usesXML(spec: Spec): boolean {
  return /"[^"]*[/+]xml[^"]*":/.test(JSON.stringify(spec.document));
}
