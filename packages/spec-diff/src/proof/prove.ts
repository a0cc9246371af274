import { parsePointer, valueAt } from '@org/openapi';
import { type Change, isProvable } from '../change/change.ts';
import type { Proof } from '../change/proof.ts';
import { showsInTypes } from '../change/visible.ts';
import { isRecord } from '../document/json.ts';
import type { Sides, Spec } from '../document/spec.ts';
import { satisfies } from '../schema/values.ts';
import type { Languages } from '../surfaces/models.ts';
import { Clients, type Outcome } from './clients.ts';
import { declarationsOf } from './declarations.ts';
import { inError, relevance, tailOf } from './match.ts';
import { type Candidate, literalOf, Programs } from './programs.ts';
import { reasonOf } from './reasons.ts';

/** The methods to make programs for, of those that a change reaches. */
const mostMethods = 3;
/** The maximum number of methods of all changes, because the compiler's time grows with the types. */
const mostOperations = 100;
/** The maximum number of programs to compile for each change. */
const mostPrograms = 12;
/** A longer program shows nothing at a glance. */
const longestProgram = 700;

/** A program that may prove a change, which the compiler has to confirm. */
interface Attempt {
  change: Change;
  program: string;
  score: number;
  /** Whether both clients have to compile it, because only the server notices the change. */
  isAtRunTime?: boolean;
}

/**
 * Adds a proof to each breaking change of a method: a program that compiles with the old client and not with the new one,
 * or whose request was valid and no longer is. Every program is compiled with both clients before it is used.
 *
 * @param languages Both clients, or the reason why a document cannot be mapped to one.
 */
export async function prove(
  changes: readonly Change[],
  specs: Sides<Spec>,
  languages: Sides<Languages | string>,
): Promise<Change[]> {
  const wanted = changes.filter(isProvable);
  if (wanted.length === 0) return [...changes];
  const { before, after } = languages;
  if (typeof before === 'string' || typeof after === 'string') {
    const side = typeof before === 'string' ? 'old' : 'new';
    const none = `The ${side} document cannot be mapped to a client.`;
    return withProofs(changes, new Map(wanted.map((change) => [change, { none }])));
  }
  const chosen = new Set(wanted.flatMap(methodsOf).slice(0, mostOperations));
  const isChosen = ({ id }: { id: string }) => chosen.has(id);
  const renamed = wanted.flatMap(({ id, args }) => (isRenamed(id) ? [String(args['from'])] : []));
  const clients = new Clients({
    before: await declarationsOf(before.built, isChosen, renamed),
    after: await declarationsOf(after.built, isChosen, renamed),
  });
  const attempts = [...attemptsFor(wanted, clients, before, specs)];
  const programs = [...new Set(attempts.map(({ program }) => program))];
  const compiled = clients.compile(programs);
  const outcomes = new Map(programs.map((program, i) => [program, compiled[i] as Outcome]));
  const proofs = new Map<Change, Proof>();
  for (const change of wanted) {
    const own = attempts.filter((attempt) => attempt.change === change);
    proofs.set(change, best(own, outcomes) ?? { none: reasonOf(change) });
  }
  return withProofs(changes, proofs);
}

function withProofs(changes: readonly Change[], proofs: ReadonlyMap<Change, Proof>): Change[] {
  return changes.map((change) => {
    const proof = proofs.get(change);
    return proof ? { ...change, proof } : change;
  });
}

function methodsOf({ id, args, methods }: Change): string[] {
  // Its methods are those of the new document.
  if (id === 'operation-id-changed') return [String(args['from'])];
  return methods.slice(0, mostMethods).map((method) => method.replace(/^client\./, ''));
}

function* attemptsFor(
  changes: readonly Change[],
  clients: Clients,
  { model }: Languages,
  specs: Sides<Spec>,
): Generator<Attempt> {
  const operations = new Map(model.operations.map((operation) => [operation.id, operation]));
  const known = new Map<string, { programs: Programs; candidates: Candidate[] } | undefined>();
  const make = (id: string) => {
    const call = clients.call('before', id);
    if (!call) return undefined;
    const positional = operations.get(id)?.positional?.name ?? 'id';
    const programs = new Programs(clients, id, positional, call);
    return { programs, candidates: [...programs.candidates()] };
  };
  for (const change of changes) {
    const own: Attempt[] = [];
    for (const id of methodsOf(change)) {
      if (!known.has(id)) known.set(id, make(id));
      const found = known.get(id);
      if (!found) continue;
      if (isInTypes(change)) {
        for (const candidate of found.candidates) {
          const score = relevance(change, candidate);
          if (score > 0) own.push({ change, program: candidate.program, score });
        }
        const params = isRenamed(change.id) && found.programs.params(String(change.args['from']));
        if (params) own.push({ change, program: params, score: 1 });
        if (change.id === 'method-result-changed') own.push(...namesOf(change));
      }
      const part = invalidNow(change, specs);
      const program = part && found.programs.with(tailOf(change), part);
      if (program) own.push({ change, program, score: 1, isAtRunTime: true });
    }
    yield* own
      .filter(({ program }) => program.length <= longestProgram)
      .sort((a, b) => b.score - a.score)
      .slice(0, mostPrograms);
  }
}

/** Whether declarations may show the change. */
function isInTypes({ id, path: [, place = ''] }: Change): boolean {
  const isError = /^response (?!2)/.test(place);
  const isElsewhere =
    /^(callback|servers|link)/.test(place) || /^(server|scheme|scope|flow)-/.test(id);
  return (
    showsInTypes(id) && !isError && !isElsewhere && !/^(authentication|operation-moved)/.test(id)
  );
}

function isRenamed(id: Change['id']): boolean {
  return id === 'method-arguments-renamed';
}

/** Programs that name a type that is now called something else. */
function namesOf(change: Change): Attempt[] {
  const names = String(change.args['from']).match(/[A-Za-z_$][\w$]*/g) ?? [];
  return names.reverse().map((name) => ({
    change,
    program: `import type { ${name} } from '@org/types';\nexport type Mine = ${name};`,
    score: 1,
  }));
}

/** A value of a request that a bound allowed before, and does not allow now. */
function invalidNow(change: Change, { before, after }: Sides<Spec>): string | undefined {
  const { id, args, pointer, affects } = change;
  if (!/^bound-/.test(id) || pointer === undefined || !affects.includes('arguments'))
    return undefined;
  const place = parsePointer(pointer).slice(0, -1);
  const [old, now] = [before, after].map(({ document }) => valueAt(document, place));
  const isPlain = (node: unknown) =>
    isRecord(node) && !['$ref', 'allOf', 'anyOf', 'oneOf'].some((each) => each in node);
  if (!isRecord(old) || !isRecord(now) || !isPlain(old) || !isPlain(now)) return undefined;
  const numbers = [args['from'], args['to']].map(Number).filter(Number.isSafeInteger);
  const around = numbers.flatMap((number) => [number, number - 1, number + 1]);
  const isText = String(args['keyword']).endsWith('Length');
  const values = around
    .filter((number) => !isText || (number >= 0 && number <= 100))
    .map((number) => (isText ? 'x'.repeat(number) : number));
  const value = values.find((each) => satisfies(each, [old]) && !satisfies(each, [now]));
  return value === undefined ? undefined : literalOf(value);
}

function best(
  attempts: readonly Attempt[],
  outcomes: ReadonlyMap<string, Outcome>,
): Proof | undefined {
  const proofs = attempts.flatMap(({ change, program, score, isAtRunTime }) => {
    const outcome = outcomes.get(program);
    if (!outcome || outcome.before !== undefined) return [];
    if (isAtRunTime) {
      if (outcome.after !== undefined) return [];
      const after = 'Compiles, but the request is no longer valid.';
      return [{ program, before: 'Compiles, and the request is valid.', after, score, names: 1 }];
    }
    const { after: error } = outcome;
    if (error === undefined || (score === inError && !namesValue(error, change))) return [];
    const names = error.includes(`'${change.path.at(-1)}'`) ? 1 : 0;
    return [{ program, before: 'Compiles.', after: error, score, names }];
  });
  const [first] = proofs.sort((a, b) => b.score - a.score || b.names - a.names);
  if (!first) return undefined;
  const { program, before, after } = first;
  return { program, before, after };
}

function namesValue(error: string, { args }: Change): boolean {
  const values = [args['values'], args['added'], args['removed']].flatMap((each) => each ?? []);
  return values.some((value) => error.includes(String(value)));
}
