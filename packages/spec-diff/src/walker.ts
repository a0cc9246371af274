import { alternatives, pair } from './alternatives.ts';
import { type Change, type Direction, type Finding, judge } from './change.ts';
import {
  type Document,
  type Method,
  methods,
  type Operation,
  type Parameter,
  type Response,
  resolve,
  type Schema,
} from './document.ts';
import { additionalProperties } from './rules/additional-properties.ts';
import { bounds } from './rules/bounds.ts';
import { defaults } from './rules/defaults.ts';
import { mediaTypes } from './rules/media-types.ts';
import { operations } from './rules/operations.ts';
import { otherKeywords } from './rules/other-keywords.ts';
import { parameters } from './rules/parameters.ts';
import { properties } from './rules/properties.ts';
import { requestBody } from './rules/request-body.ts';
import { responseHeaders } from './rules/response-headers.ts';
import { responses } from './rules/responses.ts';
import { security } from './rules/security.ts';
import { serialization } from './rules/serialization.ts';
import { servers } from './rules/servers.ts';
import { text } from './rules/text.ts';
import { types } from './rules/types.ts';
import { values } from './rules/values.ts';
import { words } from './rules/words.ts';

interface Sides<T> {
  before: T;
  after: T;
}

/** Walks two bundled documents side by side, and asks the rules at every place. */
export function walk(before: Document, after: Document): Change[] {
  return [...new Walker({ before, after }).walk()];
}

class Walker {
  readonly #documents: Sides<Document>;
  /** Pairs of references that are being walked: a schema that holds itself ends there. */
  readonly #open = new Set<string>();

  constructor(documents: Sides<Document>) {
    this.#documents = documents;
  }

  *walk(): Generator<Change> {
    const { before, after } = this.#documents;
    const [old, now] = [this.#operations(before), this.#operations(after)];
    yield* found(operations(old, now), 'request', []);
    // Where there was no API, or is none, its address and its name say nothing.
    if (old.size > 0 && now.size > 0) {
      yield* found(servers(before, after), 'request', []);
      yield* found(words(before.info ?? {}, after.info ?? {}), 'request', ['info']);
    }
    for (const [name, operation] of old) {
      const other = now.get(name);
      if (other) yield* this.#operation([name], operation, other);
    }
  }

  *#operation(place: string[], before: Operation, after: Operation): Generator<Change> {
    yield* found(words(before, after), 'request', place);
    const { before: oldDocument, after: newDocument } = this.#documents;
    const requirements = (document: Document, operation: Operation) => ({
      document,
      requirements: operation.security ?? document.security ?? [],
    });
    yield* found(
      security(requirements(oldDocument, before), requirements(newDocument, after)),
      'request',
      place,
    );
    yield* this.#parameters(
      place,
      parametersOf(oldDocument, before),
      parametersOf(newDocument, after),
    );
    yield* this.#requestBody(place, before, after);
    yield* this.#responses(place, before.responses ?? {}, after.responses ?? {});
  }

  *#parameters(
    place: string[],
    before: Map<string, Parameter>,
    after: Map<string, Parameter>,
  ): Generator<Change> {
    yield* found(parameters(before, after), 'request', place);
    for (const [key, old] of before) {
      const now = after.get(key);
      if (!now) continue;
      const here = [...place, old.in, old.name];
      yield* found(words(old, now), 'request', here);
      yield* found(serialization(old, now), 'request', here);
      yield* this.#schema(here, old.schema, now.schema, 'request');
    }
  }

  *#requestBody(place: string[], before: Operation, after: Operation): Generator<Change> {
    const old = resolve(this.#documents.before, before.requestBody);
    const now = resolve(this.#documents.after, after.requestBody);
    yield* found(requestBody(old, now), 'request', place);
    if (old && now)
      yield* this.#content([...place, 'request body'], old.content, now.content, 'request');
  }

  *#responses(
    place: string[],
    before: Record<string, Response>,
    after: Record<string, Response>,
  ): Generator<Change> {
    yield* found(responses(before, after), 'response', place);
    for (const status of Object.keys(before)) {
      const old = responseOf(this.#documents.before, before[status]);
      const now = responseOf(this.#documents.after, after[status]);
      if (!old || !now) continue;
      const here = [...place, `response ${status}`];
      yield* found(words(old, now), 'response', here);
      yield* found(responseHeaders(old, now), 'response', here);
      for (const [name, header] of Object.entries(old.headers ?? {})) {
        const other = now.headers?.[name];
        if (!other) continue;
        const at = [...here, 'header', name];
        yield* found(words(header, other), 'response', at);
        yield* this.#schema(at, header.schema, other.schema, 'response');
      }
      yield* this.#content(here, old.content, now.content, 'response');
    }
  }

  *#content(
    place: string[],
    before: Response['content'] = {},
    after: Response['content'] = {},
    direction: Direction,
  ): Generator<Change> {
    yield* found(mediaTypes(before, after, direction), direction, place);
    for (const [name, old] of Object.entries(before)) {
      const now = after[name];
      if (!now) continue;
      // One media type is the rule, and need not be named.
      const here = Object.keys(before).length > 1 ? [...place, name] : place;
      yield* found(words(old, now), direction, here);
      yield* this.#schema(here, old.schema, now.schema, direction);
    }
  }

  *#schema(
    place: string[],
    before: Schema | undefined,
    after: Schema | undefined,
    direction: Direction,
  ): Generator<Change> {
    const references = before?.$ref && after?.$ref && `${before.$ref} ${after.$ref}`;
    if (references) {
      if (this.#open.has(references)) return;
      this.#open.add(references);
    }
    const pairing = pair(
      alternatives(this.#documents.before, before),
      alternatives(this.#documents.after, after),
    );
    yield* found(types(pairing), direction, place);
    for (const [old, now] of pairing.pairs) {
      yield* this.#pair(place, old.schema, now.schema, direction);
    }
    if (references) this.#open.delete(references);
  }

  *#pair(place: string[], before: Schema, after: Schema, direction: Direction): Generator<Change> {
    for (const rule of [
      values,
      bounds,
      text,
      defaults,
      additionalProperties,
      words,
      otherKeywords,
    ]) {
      yield* found(rule(before, after, direction), direction, place);
    }
    yield* found(properties(before, after, direction), direction, place);
    for (const name of Object.keys(before.properties ?? {})) {
      if (!after.properties || !(name in after.properties)) continue;
      yield* this.#schema(
        [...place, name],
        before.properties?.[name],
        after.properties[name],
        direction,
      );
    }
    if (before.items ?? after.items) {
      yield* this.#schema([...place, '[]'], before.items, after.items, direction);
    }
    const [old, now] = [before.additionalProperties, after.additionalProperties];
    if (typeof old === 'object' && typeof now === 'object') {
      yield* this.#schema([...place, '*'], old, now, direction);
    }
  }

  #operations(document: Document): Map<string, Operation> {
    const all = new Map<string, Operation>();
    for (const [path, given] of Object.entries(document.paths ?? {})) {
      const item = resolve(document, given);
      for (const method of methods) {
        const operation = item?.[method as Method];
        if (!operation) continue;
        const shared = item?.parameters ?? [];
        all.set(`${method.toUpperCase()} ${path}`, {
          ...operation,
          parameters: [...shared, ...(operation.parameters ?? [])],
        });
      }
    }
    return all;
  }
}

/** An operation's parameters by place and name; its own come after its path's, and win. */
function parametersOf(document: Document, { parameters: given = [] }: Operation) {
  const all = new Map<string, Parameter>();
  for (const reference of given) {
    const parameter = resolve(document, reference);
    if (!parameter) continue;
    // Header names are the same in any case.
    const name = parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name;
    all.set(`${parameter.in} ${name}`, parameter);
  }
  return all;
}

/** A response with its headers' references followed, and their names in lower case. */
function responseOf(document: Document, given: Response | undefined): Response | undefined {
  const response = resolve(document, given);
  if (!response) return undefined;
  const headers = Object.entries(response.headers ?? {}).map(([name, header]) => [
    name.toLowerCase(),
    resolve(document, header),
  ]);
  return { ...response, headers: Object.fromEntries(headers) };
}

/** Gives what a rule found a place and a verdict. */
function* found(
  findings: Iterable<Finding>,
  direction: Direction,
  place: string[],
): Generator<Change> {
  for (const { effect, message, below = [] } of findings) {
    yield { verdict: judge(effect, direction), place: written([...place, ...below]), message };
  }
}

/** `data`, `[]`, `role` is written `data[] › role`. */
function written(steps: readonly string[]): string {
  return steps.join(' › ').replaceAll(' › []', '[]');
}
