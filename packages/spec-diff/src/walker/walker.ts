import { type Direction, type Finding, opposite } from '../change/change.ts';
import {
  canonical,
  identity,
  isRecord,
  type Json,
  namesOf,
  own,
  record,
} from '../document/json.ts';
import { type Operation, operationsOf } from '../document/operations.ts';
import type { Spec } from '../document/spec.ts';
import { unknownFields } from '../rules/api/fields.ts';
import { names, pairOperations, renamedParameters } from '../rules/api/operations.ts';
import { presence } from '../rules/api/presence.ts';
import { security, securityScheme, sharedSchemes } from '../rules/api/security.ts';
import { serialization, serializationFields } from '../rules/api/serialization.ts';
import { servers } from '../rules/api/servers.ts';
import { words } from '../rules/words.ts';
import { Graph, type Link, type Question } from './graph.ts';
import { Schemata, type Sides } from './schemas.ts';

type Results = Generator<Finding | Link>;
type Compare = (before: Json, after: Json, direction: Direction) => Results;

/** Asks what changed at every place of two documents. */
export class Walker {
  readonly graph: Graph = new Graph();
  readonly schemata: Schemata;
  readonly #specs: Sides<Spec>;

  constructor(specs: Sides<Spec>) {
    this.#specs = specs;
    this.schemata = new Schemata(this.graph, specs, usesXML(specs.before) || usesXML(specs.after));
  }

  /** The questions that everything else follows from: the document, and each of its operations. */
  *questions(): Generator<Question> {
    const { before, after } = this.#specs;
    const [old, now] = [
      operationsOf(before, before.document['paths']),
      operationsOf(after, after.document['paths']),
    ];
    const isAPI = old.length > 0 && now.length > 0;
    // Where there was no API, or is none, its address and its name say nothing.
    if (isAPI) yield this.#root('document', [], () => this.#document());
    yield* this.#operations(old, now, 'request', []);
    const hooks = [before, after].map((spec) => operationsOf(spec, spec.document['webhooks']));
    yield* this.#operations(hooks[0] ?? [], hooks[1] ?? [], 'response', ['webhook']);
  }

  /** A component that no operation reaches, as it is: its type is exported. */
  component(section: string, name: string, direction: Direction): Question | undefined {
    const [old, now] = [
      this.#specs.before.component(section, name),
      this.#specs.after.component(section, name),
    ];
    const place = ['components', section, name];
    if (section === 'schemas') return { ...this.schemata.question([old], [now], direction), place };
    const compare = this.#comparers[section];
    return compare && { ...this.#question(section, old, now, direction, compare), place };
  }

  readonly #comparers: Record<string, Compare> = {
    parameters: (before, after, direction) => this.#parameter(before, after, direction),
    responses: (before, after, direction) => this.#response(before, after, direction),
    requestBodies: (before, after, direction) => this.#body(before, after, direction),
    headers: (before, after, direction) => this.#header(before, after, direction),
  };

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

  /** The question what became of an object that may be a reference. */
  #question(
    kind: string,
    before: unknown,
    after: unknown,
    direction: Direction,
    compare: Compare,
  ): Question {
    const [old, now] = [this.#specs.before.resolve(before), this.#specs.after.resolve(after)];
    const name = this.#specs.before.nameOf(old);
    const isSame = name && `${name}` === `${this.#specs.after.nameOf(now)}`;
    return {
      key: `${kind} ${old && identity(old)} ${now && identity(now)}`,
      before: old,
      after: now,
      ...(isSame && { component: name }),
      direction,
      compare: () => compare(old ?? {}, now ?? {}, direction),
    };
  }

  *#document(): Results {
    const { document: old } = this.#specs.before;
    const { document: now } = this.#specs.after;
    for (const found of servers(old['servers'], now['servers']))
      yield { ...found, below: ['servers'] };
    for (const found of words([record(old['info'])], [record(now['info'])])) {
      yield { ...found, below: ['info'], at: ['info', ...(found.at ?? [])] };
    }
    if (canonical(old['tags']) !== canonical(now['tags'])) {
      yield { verdict: 'none', message: 'The `tags` changed.', below: ['info'], at: ['tags'] };
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
    yield* unknownFields(old, now, known);
  }

  *#operations(
    before: readonly Operation[],
    after: readonly Operation[],
    direction: Direction,
    place: readonly string[],
  ): Generator<Question> {
    const { pairs, removed, added } = pairOperations(before, after);
    const prefix = place.length > 0 ? `${place.join(' ')} ` : '';
    for (const [old, now] of pairs) {
      const name = `${prefix}${old.name}`;
      const key = `operation ${identity(old.node)} ${identity(now.node)} ${name}`;
      yield {
        ...this.#root(key, [name], () => this.#operation(old, now, direction), name),
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
            yield { verdict: 'breaking', message: 'Removed.' };
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
            yield { verdict: 'addition', message: 'Added.' };
          },
          `${prefix}${name}`,
        ),
        before: undefined,
        after: node,
      };
    }
  }

  *#operation(before: Operation, after: Operation, direction: Direction): Results {
    const { before: oldSpec, after: newSpec } = this.#specs;
    yield* names(before, after);
    yield* words([before.node], [after.node]);
    yield* unknownFields(before.node, after.node, operationFields);
    yield* unknownFields(before.pathItem, after.pathItem, pathItemFields);
    if (before.servers !== undefined || after.servers !== undefined) {
      const [old, now] = [
        before.servers ?? oldSpec.document['servers'],
        after.servers ?? newSpec.document['servers'],
      ];
      for (const found of servers(old, now)) yield { ...found, below: ['servers'] };
    }
    if (direction === 'request') yield* this.#security(before.node, after.node);
    yield* this.#parameters(before, after, direction);
    yield* this.#requestBody(before.node['requestBody'], after.node['requestBody'], direction);
    yield* this.#responses(
      record(before.node['responses']),
      record(after.node['responses']),
      opposite(direction),
    );
    yield* this.#callbacks(
      record(before.node['callbacks']),
      record(after.node['callbacks']),
      direction,
    );
  }

  *#security(before: Json, after: Json): Results {
    const [old, now] = [
      before['security'] ?? this.#specs.before.document['security'],
      after['security'] ?? this.#specs.after.document['security'],
    ];
    const below = ['security'];
    for (const found of security(old, now, this.#specs)) yield { ...found, below };
    for (const [name, other] of sharedSchemes(old, now, this.#specs)) {
      const [scheme, current] = [
        this.#specs.before.component('securitySchemes', name),
        this.#specs.after.component('securitySchemes', other),
      ];
      if (!isRecord(scheme) || !isRecord(current)) continue;
      const compare: Compare = function* (then, at) {
        yield* words([then], [at]);
        yield* securityScheme(then, at);
      };
      yield { below, ask: this.#question('scheme', scheme, current, 'request', compare) };
    }
  }

  *#parameters(before: Operation, after: Operation, direction: Direction): Results {
    const renamed = renamedParameters(before.path, after.path);
    const seen = new Set<string>();
    for (const [key, old] of before.parameters) {
      const name = old['in'] === 'path' ? renamed.get(String(old['name'])) : undefined;
      const other = name === undefined ? key : `path ${name}`;
      const now = after.parameters.get(other);
      seen.add(other);
      const below = [String(old['in']), String(old['name'])];
      yield* this.#presence(old, now, below, direction, 'parameter', this.#comparers['parameters']);
    }
    for (const [key, now] of after.parameters) {
      const below = [String(now['in']), String(now['name'])];
      if (!seen.has(key))
        yield* this.#presence(undefined, now, below, direction, 'parameter', undefined);
    }
  }

  /** Something that came, went or changed. Whether it is required is part of what changed. */
  *#presence(
    before: Json | undefined,
    after: Json | undefined,
    below: readonly string[],
    direction: Direction,
    kind: string,
    compare: Compare | undefined,
  ): Results {
    if (before && after && compare) {
      yield { below, ask: this.#question(kind, before, after, direction, compare) };
      return;
    }
    const [old, now] = [presenceOf(before), presenceOf(after)];
    for (const found of presence(old, now, direction))
      yield { ...found, below, owner: after ?? before };
  }

  *#parameter(before: Json, after: Json, direction: Direction): Results {
    yield* presence(presenceOf(before), presenceOf(after), direction);
    yield* words([before], [after]);
    yield* serialization(
      before,
      after,
      String(before['in']),
      direction,
      this.#isScalar(before, after),
    );
    yield* this.#schemaOrContent(before, after, direction);
    yield* unknownFields(before, after, [
      'name',
      'in',
      'required',
      'schema',
      'content',
      ...serializationFields,
    ]);
  }

  *#header(before: Json, after: Json, direction: Direction): Results {
    yield* presence(presenceOf(before), presenceOf(after), direction);
    yield* words([before], [after]);
    yield* serialization(before, after, 'header', direction, this.#isScalar(before, after));
    yield* this.#schemaOrContent(before, after, direction);
    yield* unknownFields(before, after, ['required', 'schema', 'content', ...serializationFields]);
  }

  *#schemaOrContent(before: Json, after: Json, direction: Direction): Results {
    const [old, now] = [before['schema'], after['schema']];
    const [then, current] = [before['content'], after['content']];
    if (isRecord(then) !== isRecord(current)) {
      const message = isRecord(current)
        ? 'Now written in a media type of its own.'
        : 'No longer written in a media type of its own.';
      yield { verdict: 'breaking', message, at: ['content'] };
      return;
    }
    if (isRecord(then)) yield* this.#content(then, record(current), direction);
    yield { below: [], ask: this.schemata.question([old ?? true], [now ?? true], direction) };
  }

  #isScalar(before: Json, after: Json): boolean {
    const { shapes } = this.schemata;
    return [
      shapes.before.shapeOf([before['schema'] ?? true]),
      shapes.after.shapeOf([after['schema'] ?? true]),
    ].every(({ branches }) => branches.every(({ type }) => type !== 'array' && type !== 'object'));
  }

  *#requestBody(before: unknown, after: unknown, direction: Direction): Results {
    const [old, now] = [this.#specs.before.resolve(before), this.#specs.after.resolve(after)];
    const compare = this.#comparers['requestBodies'];
    yield* this.#presence(old, now, ['request body'], direction, 'body', compare);
  }

  *#body(before: Json, after: Json, direction: Direction): Results {
    yield* presence(presenceOf(before), presenceOf(after), direction);
    yield* words([before], [after]);
    yield* this.#content(before['content'], after['content'], direction);
    yield* unknownFields(before, after, ['required', 'content']);
  }

  /** A client has to expect any error: one more is an addition. One more success is an answer that nobody handles yet. */
  *#responses(before: Json, after: Json, direction: Direction): Results {
    for (const status of namesOf(before, after).filter((name) => !name.startsWith('x-'))) {
      const below = [`response ${status}`];
      const [old, now] = [before[status], after[status]];
      const at = ['responses', status];
      if (!Object.hasOwn(after, status)) {
        yield { verdict: 'breaking', message: 'Removed.', below, at: ['responses'] };
      } else if (!Object.hasOwn(before, status)) {
        const isSuccess = /^[23]/.test(status) && direction === 'response';
        yield { verdict: isSuccess ? 'breaking' : 'addition', message: 'Added.', below, at };
      } else {
        const compare: Compare = (then, current, way) => this.#response(then, current, way);
        yield { below, ask: this.#question('response', old, now, direction, compare) };
      }
    }
  }

  *#response(before: Json, after: Json, direction: Direction): Results {
    yield* words([before], [after]);
    const [old, now] = [this.#headers('before', before), this.#headers('after', after)];
    for (const name of namesOf(old, now)) {
      const [then, current] = [old[name], now[name]];
      const compare: Compare = (header, other, way) => this.#header(header, other, way);
      yield* this.#presence(then, current, ['header', name], direction, 'header', compare);
    }
    yield* this.#content(before['content'], after['content'], direction);
    yield* this.#links(record(before['links']), record(after['links']));
    yield* unknownFields(before, after, ['headers', 'content', 'links']);
  }

  /** Headers by name, which is the same in any case. */
  #headers(side: 'before' | 'after', node: Json): Record<string, Json> {
    const headers = Object.entries(record(node['headers'])).flatMap(([name, given]) => {
      const header = this.#specs[side].resolve(given);
      return header ? [[name.toLowerCase(), header] as const] : [];
    });
    return Object.fromEntries(headers);
  }

  *#links(before: Json, after: Json): Results {
    for (const name of namesOf(before, after)) {
      const below = ['link', name];
      const [old, now] = [
        this.#specs.before.resolve(before[name]),
        this.#specs.after.resolve(after[name]),
      ];
      const content = ({ description: _, ...rest }: Json) => canonical(rest);
      if (!now) yield { verdict: 'breaking', message: 'Removed.', below };
      else if (!old) yield { verdict: 'addition', message: 'Added.', below };
      else if (content(old) !== content(now))
        yield { verdict: 'breaking', message: 'Changed.', below };
    }
  }

  /** A body by media type: one more is what a request may choose, and what an answer may be asked for. */
  *#content(before: unknown, after: unknown, direction: Direction): Results {
    const [old, now] = [mediaTypesOf(before), mediaTypesOf(after)];
    for (const name of namesOf(old, now)) {
      const [then, current] = [own(old, name), own(now, name)];
      // One media type is the rule, and need not be named.
      const below = Object.keys(old).length > 1 ? [name] : [];
      if (current === undefined) {
        yield { verdict: 'breaking', message: 'Removed.', below: [name] };
      } else if (then === undefined) {
        yield { verdict: 'addition', message: 'Added.', below: [name] };
      } else {
        const compare: Compare = (media, other, way) => this.#mediaType(media, other, way, name);
        yield { below, ask: this.#question(`media ${name}`, then, current, direction, compare) };
      }
    }
  }

  *#mediaType(before: Json, after: Json, direction: Direction, name: string): Results {
    yield* words([before], [after]);
    yield {
      below: [],
      ask: this.schemata.question([before['schema'] ?? true], [after['schema'] ?? true], direction),
    };
    const isForm = /multipart|form-urlencoded/.test(name);
    const [old, now] = [record(before['encoding']), record(after['encoding'])];
    for (const part of isForm ? namesOf(old, now) : []) {
      yield* this.#encoding(record(old[part]), record(now[part]), direction, ['encoding', part]);
    }
    yield* unknownFields(before, after, ['schema', 'encoding']);
  }

  /** How a part of a form is sent. */
  *#encoding(before: Json, after: Json, direction: Direction, below: readonly string[]): Results {
    const [old, now] = [before['contentType'], after['contentType']];
    if (old !== now) {
      const message = `The media type changed from ${old ?? 'the default'} to ${now ?? 'the default'}.`;
      yield { verdict: 'breaking', message, below };
    }
    for (const found of serialization(before, after, 'query', direction, false))
      yield { ...found, below };
    const [headers, others] = [this.#headers('before', before), this.#headers('after', after)];
    for (const name of namesOf(headers, others)) {
      const compare: Compare = (header, other, way) => this.#header(header, other, way);
      const place = [...below, 'header', name];
      yield* this.#presence(headers[name], others[name], place, direction, 'header', compare);
    }
    for (const found of unknownFields(before, after, [
      'contentType',
      'headers',
      ...serializationFields,
    ])) {
      yield { ...found, below };
    }
  }

  /** What the API sends of its own accord: the sides change places. */
  *#callbacks(before: Json, after: Json, direction: Direction): Results {
    for (const name of namesOf(before, after)) {
      const below = ['callback', name];
      const [old, now] = [
        this.#specs.before.resolve(before[name]),
        this.#specs.after.resolve(after[name]),
      ];
      if (!old && !now) continue;
      if (!now) yield { verdict: 'breaking', message: 'Removed.', below };
      else if (!old) yield { verdict: 'addition', message: 'Added.', below };
      else {
        const { pairs, removed, added } = pairOperations(
          operationsOf(this.#specs.before, old),
          operationsOf(this.#specs.after, now),
        );
        for (const { name: gone } of removed)
          yield { verdict: 'breaking', message: 'Removed.', below: [...below, gone] };
        for (const { name: come } of added)
          yield { verdict: 'addition', message: 'Added.', below: [...below, come] };
        for (const [then, current] of pairs) {
          const flipped = opposite(direction);
          const key = `callback ${identity(then.node)} ${identity(current.node)}`;
          const ask: Question = {
            key,
            before: then.node,
            after: current.node,
            direction: flipped,
            compare: () => this.#operation(then, current, flipped),
          };
          yield { below: [...below, then.name], ask };
        }
      }
    }
  }
}

const operationFields = [
  'operationId',
  'parameters',
  'requestBody',
  'responses',
  'callbacks',
  'security',
  'servers',
];
const pathItemFields = [
  '$ref',
  'parameters',
  'servers',
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
];

function presenceOf(node: Json | undefined) {
  return { exists: node !== undefined, required: node?.['required'] === true };
}

/** Media types by their name, without regard to case. */
function mediaTypesOf(content: unknown): Json {
  return Object.fromEntries(
    Object.entries(record(content)).map(([name, media]) => [
      name.toLowerCase().replaceAll(/\s*;\s*/g, '; '),
      record(media),
    ]),
  );
}

function usesXML(spec: Spec): boolean {
  return /"[^"]*[/+]xml[^"]*":/.test(canonical(spec.document));
}
