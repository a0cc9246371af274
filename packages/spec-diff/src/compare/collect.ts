import { unescapeKey } from '@org/openapi';
import { type Change, type Finding, worst } from '../change/change.ts';
import type { ChangeID } from '../change/ids.ts';
import { showsInTypes } from '../change/visible.ts';
import { canonical, own } from '../document/json.ts';
import { Pointers } from '../document/pointers.ts';
import type { Spec } from '../document/spec.ts';
import { type Judge, judgeByRules } from '../settings/judge.ts';
import type { Answer } from './graph.ts';

/** Changes of the request that a method sends for the same arguments: its address, its keys and its serialization. */
const onWire: ReadonlySet<ChangeID> = new Set([
  ...(['authentication-added', 'authentication-removed', 'authentication-changed'] as const),
  ...(['authentication-now-required', 'authentication-now-optional', 'scheme-changed'] as const),
  ...(['server-added', 'server-removed', 'server-address-changed', 'operation-moved'] as const),
  ...(['server-variable-added', 'server-variable-removed'] as const),
  ...(['server-variable-default-changed', 'server-variable-values-changed'] as const),
  ...(['style-changed', 'explode-changed', 'allow-reserved-changed'] as const),
]);

interface Edge {
  from: string;
  below: readonly string[];
}

/** The findings of a pair, in requests and in responses. */
interface Spot {
  answers: Answer[];
  edges: Edge[];
  place?: readonly string[];
}

/**
 * Turns results into changes. A pair that is reached from only one place is named after that place; a pair reached from
 * several is a shared component: it is named once, with the operations that it reaches.
 */
export class Collector {
  readonly #specs: { before: Spec; after: Spec };
  readonly #pointers: { before: Pointers; after: Pointers };
  readonly #spots = new Map<string, Spot>();
  readonly #sources = new Map<Answer, Answer[]>();
  readonly #answers: Answer[] = [];
  readonly #exported = new Set<Answer>();
  readonly #changed = new Map<string, boolean>();
  readonly #judge: Judge;
  /** The operations that the rules consider broken, regardless of policies. */
  readonly broken: Set<string> = new Set();

  /** @param judge Gives the verdict on a finding; by default, the one of its rule. */
  constructor(specs: { before: Spec; after: Spec }, judge: Judge = judgeByRules) {
    this.#judge = judge;
    this.#specs = specs;
    this.#pointers = {
      before: new Pointers(specs.before.document),
      after: new Pointers(specs.after.document),
    };
  }

  /** @param isExported Whether the answer is about an exported type that no operation uses. */
  add(answer: Answer, isExported = false): void {
    this.#answers.push(answer);
    if (isExported) this.#exported.add(answer);
    const { question, links } = answer;
    const spot = this.#spot(question.key);
    spot.answers.push(answer);
    for (const { below, to } of links) {
      const { edges } = this.#spot(to.question.key);
      if (!edges.some((edge) => edge.from === question.key && `${edge.below}` === `${below}`)) {
        edges.push({ from: question.key, below });
      }
      this.#sources.set(to, [...(this.#sources.get(to) ?? []), answer]);
    }
  }

  /** Every change once, the same sentence about the same place with its worst verdict. */
  changes(): Change[] {
    const all = new Map<string, Change>();
    for (const answer of this.#answers) {
      if (answer.findings.length === 0) continue;
      const operations = this.#operations(answer);
      for (const finding of answer.findings) {
        const change = this.#change(answer, finding, operations);
        const key = JSON.stringify([change.id, change.path, change.args]);
        const known = all.get(key);
        all.set(key, known ? joined(known, change) : change);
      }
    }
    return withoutTwins([...all.values()]);
  }

  #change(answer: Answer, finding: Finding, operations: readonly string[]): Change {
    const { question } = answer;
    const { id, verdict, args = {}, below = [], affects, owner } = finding;
    const component = this.#nameOf(owner);
    const isElsewhere =
      component && `${component}` !== `${question.component}` && this.#isOf(component, question);
    const place = isElsewhere ? component : this.#place(question.key, new Set());
    const home = isElsewhere ? component : this.#home(question.key, new Set());
    const pointer = this.#pointerTo(answer, finding);
    const given = onWire.has(id) ? 'request' : 'arguments';
    const received = this.#isError(answer, below) ? 'error' : 'result';
    const affected =
      affects === 'result' || (affects === undefined && question.direction === 'response')
        ? received
        : (affects ?? given);
    if (verdict === 'breaking') for (const name of operations) this.broken.add(name);
    const isUnused = operations.length === 0 && this.#exported.has(answer);
    return {
      id,
      verdict: this.#judge({
        ...finding,
        // Unused components are judged by their exported type.
        verdict: !isUnused || showsInTypes(id) ? verdict : 'none',
        direction: question.direction,
        isUnused,
        node: removedNode(answer, finding),
      }),
      path: [...place, ...below],
      ...(`${home}` !== `${place}` && { home: [...home, ...below] }),
      args,
      surface: 'spec',
      operations,
      methods: [],
      affects: operations.length > 0 ? [affected] : [],
      ...(pointer !== undefined && { pointer }),
    };
  }

  /** Where a finding is in the new document, or in the old one. */
  #pointerTo(answer: Answer, { owner, at = [] }: Finding): string | undefined {
    const { question } = answer;
    const { before, after } = this.#pointers;
    const kept = after.like(owner, before);
    return (
      after.of(owner, at) ??
      (question.isMadeFrom?.('after', kept) ? after.of(kept, at) : undefined) ??
      after.of(question.after, at) ??
      before.of(owner, at) ??
      before.of(question.before, at) ??
      this.#pointerAbove(answer)
    );
  }

  /** Where the nearest pair is that leads to one of several schemas, or of values that the document lists apart. */
  #pointerAbove(answer: Answer): string | undefined {
    const seen = new Set(this.#sources.get(answer));
    for (const source of seen) {
      const pointer = this.#pointers.after.of(source.question.after);
      if (pointer !== undefined) return pointer;
      for (const each of this.#sources.get(source) ?? []) seen.add(each);
    }
    return undefined;
  }

  /** Whether a finding is about the schema of a component itself: a part of both sides, and not the same. */
  #isOf(component: readonly string[], question: Answer['question']): boolean {
    const [, section = '', name = ''] = component;
    if (section !== 'schemas') return false;
    const { before, after } = this.#specs;
    const [old, now] = [before.component(section, name), after.component(section, name)];
    const isIn = (side: 'before' | 'after', node: unknown) =>
      question.isMadeFrom?.(side, node) ?? true;
    if (!isIn('before', old) || !isIn('after', now)) return false;
    const hasChanged = this.#changed.get(name) ?? canonical(old) !== canonical(now);
    this.#changed.set(name, hasChanged);
    return hasChanged;
  }

  /** Whether only responses of errors lead to a result. */
  #isError(answer: Answer, below: readonly string[]): boolean {
    const isSuccess = (step = '') => /^response [123]/.test(step);
    const seen = new Set([answer]);
    const steps = answer.question.operation ? [below[0]] : [];
    for (const each of seen) {
      for (const source of this.#sources.get(each) ?? []) {
        seen.add(source);
        if (source.question.operation)
          steps.push(...source.links.filter(({ to }) => to === each).map((link) => link.below[0]));
      }
    }
    return (
      steps.length > 0 && steps.every((step) => step?.startsWith('response ') && !isSuccess(step))
    );
  }

  #nameOf(node: object | undefined): readonly string[] | undefined {
    return this.#specs.after.nameOf(node) ?? this.#specs.before.nameOf(node);
  }

  #place(key: string, open: Set<string>): readonly string[] {
    const spot = this.#spot(key);
    if (spot.place) return spot.place;
    const question = spot.answers[0]?.question;
    open.add(key);
    const outer = spot.edges.filter((edge) => !this.#leadsBack(edge.from, key));
    const [edge] = outer.length > 0 ? outer : spot.edges;
    const shared = question?.component ?? question?.shared;
    let place: readonly string[] = question?.place ?? shared ?? [];
    if (!question?.place && !(shared && outer.length > 1) && edge) {
      if (!open.has(edge.from)) place = [...this.#place(edge.from, open), ...edge.below];
    }
    const inner = outer.length > 1 ? this.#placeInComponent(question?.after) : undefined;
    if (inner && `${place.slice(0, 3)}` !== `${inner.slice(0, 3)}`) place = inner;
    open.delete(key);
    spot.place = place;
    return place;
  }

  /** The place that does not depend on other uses of a component: the component, if there is one. */
  #home(key: string, open: Set<string>): readonly string[] {
    const { answers, edges } = this.#spot(key);
    const question = answers[0]?.question;
    const named = question?.place ?? question?.component ?? question?.shared;
    const edge = edges.find(({ from }) => !open.has(from));
    const inner = named ?? this.#placeInComponent(question?.after);
    if (inner || !edge) return inner ?? [];
    return [...this.#home(edge.from, open.add(key)), ...edge.below];
  }

  /** The place of a schema within the component that describes it, if the old document has that component as well. */
  #placeInComponent(node: object | undefined): readonly string[] | undefined {
    const [, components, section = '', name = '', ...steps] =
      this.#pointers.after.of(node)?.split('/').map(unescapeKey) ?? [];
    if (components !== 'components' || section !== 'schemas' || steps.length === 0)
      return undefined;
    if (this.#specs.before.component(section, name) === undefined) return undefined;
    const place = ['components', section, name];
    for (let i = 0; i < steps.length; i += 1) {
      const step = steps[i] ?? '';
      if (step === 'properties') place.push(steps[++i] ?? '');
      else if (step === 'items') place.push('[]');
      else if (step === 'additionalProperties') place.push('*');
      else if (['allOf', 'anyOf', 'oneOf'].includes(step)) i += 1;
      else return undefined;
    }
    return place;
  }

  /** Whether the first way to a pair goes through another: then the other holds it, and itself. */
  #leadsBack(from: string, to: string): boolean {
    const seen = new Set<string>();
    for (let key: string | undefined = from; key !== undefined && !seen.has(key); ) {
      if (key === to) return true;
      seen.add(key);
      key = this.#spot(key).edges[0]?.from;
    }
    return false;
  }

  /** The operations that reach a result, in its direction. */
  #operations(answer: Answer): string[] {
    const seen = new Set([answer]);
    const found = new Set<string>();
    for (const each of seen) {
      if (each.question.operation) found.add(each.question.operation);
      for (const source of this.#sources.get(each) ?? []) seen.add(source);
    }
    return [...found];
  }

  #spot(key: string): Spot {
    const spot = this.#spots.get(key) ?? { answers: [], edges: [] };
    this.#spots.set(key, spot);
    return spot;
  }
}

/** The node of the old document that is gone: an operation, a parameter, a header or a property. */
function removedNode({ question }: Answer, { id, below = [], owner }: Finding): unknown {
  if (id === 'property-removed') return own(own(owner, 'properties'), below.at(-1) ?? '');
  return owner ?? question.before;
}

/** If any type is allowed, or no longer is, a change of whole numbers is not reported as well. */
const twins: Partial<Record<ChangeID, ChangeID>> = {
  'integer-to-number': 'any-type-allowed',
  'number-to-integer': 'type-limited',
};

function withoutTwins(changes: readonly Change[]): Change[] {
  const keyOf = (id: ChangeID, { path }: Change) => JSON.stringify([id, path]);
  const said = new Set(changes.map((change) => keyOf(change.id, change)));
  return changes.filter((change) => {
    const twin = twins[change.id];
    return twin === undefined || !said.has(keyOf(twin, change));
  });
}

function joined(a: Change, b: Change): Change {
  return {
    ...a,
    verdict: worst([a.verdict, b.verdict]),
    operations: [...new Set([...a.operations, ...b.operations])],
    affects: [...new Set([...a.affects, ...b.affects])],
  };
}
