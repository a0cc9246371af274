import type { Operation, Result } from '@org/codegen';
import { signatureOf } from '@org/codegen/signatures';
import type { Affected, Args, Change, Verdict } from '../change/change.ts';
import type { ChangeID } from '../change/ids.ts';
import { callOf, type Languages } from './models.ts';

/** The changes of the client's methods, besides those that the rules find in their values. */
export function compareClients(before: Languages, after: Languages): Change[] {
  const [old, now] = [byID(before), byID(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id): Change[] => {
    const [then, current] = [old.get(id), now.get(id)];
    if (!then && current) {
      const args = { call: callOf(current) };
      return [change('method-added', 'addition', current, args, 'presence')];
    }
    if (then && !current) {
      return [change('method-removed', 'breaking', then, { call: callOf(then) }, 'presence')];
    }
    return then && current ? [...compare(then, current)] : [];
  });
}

function* compare(before: Operation, after: Operation): Generator<Change> {
  const [old, now] = [callOf(before), callOf(after)];
  // No program names the first argument.
  const [{ positional: first }, { positional: other }] = [signatureOf(before), signatureOf(after)];
  const isRenamed = first && other && now === old.replace(`(${first.name},`, `(${other.name},`);
  if (old !== now && !isRenamed) {
    const isOptional = before.paramsOptional !== after.paramsOptional && after.paramsOptional;
    const isSame = old.replaceAll('?', '') === now.replaceAll('?', '');
    // A body alone is called "body"; with a query, the same object has more properties.
    const isOnlyMore = before.paramsOptional === after.paramsOptional && isCalledAlike(old, now);
    const isAddition = (isOptional && isSame) || isOnlyMore || isNowFiltered(before, after);
    const verdict = isAddition ? 'addition' : 'breaking';
    const args = { from: old, to: now };
    yield change('method-arguments-changed', verdict, after, args, 'arguments');
  }
  const [named, others] = [before, after].map(({ pathParams }) =>
    pathParams.map(({ property }) => property),
  );
  if (named?.join() !== others?.join()) {
    const args = { from: named ?? [], to: others ?? [] };
    yield change('method-path-changed', 'breaking', after, args, 'arguments');
  }
  for (const place of ['query', 'headers'] as const) {
    const renamed = new Map(after[place].map(({ name, property }) => [name, property]));
    for (const { name, property: from } of before[place]) {
      const to = renamed.get(name) ?? from;
      if (from !== to)
        yield change('method-argument-renamed', 'breaking', after, { from, to }, 'arguments');
    }
  }
  const [result, otherResult] = [written(before.result), written(after.result)];
  if (result !== otherResult) {
    const args = { from: result, to: otherResult };
    yield change('method-result-changed', 'breaking', after, args, 'result');
  }
  if (before.paramsType && after.paramsType && before.paramsType !== after.paramsType) {
    const args = { from: before.paramsType, to: after.paramsType };
    yield change('method-arguments-renamed', 'breaking', after, args, 'arguments');
  }
}

/** Whether a list takes an optional query now, in whose place programs may still pass request options. */
function isNowFiltered(before: Operation, after: Operation): boolean {
  const [old, now] = [before, after].map(signatureOf);
  const isList = before.result.kind === 'page' && after.result.kind === 'page';
  const isQuery = now?.params?.name === 'query' && now.params.optional;
  return isList && isQuery && !old?.params && !old?.positional === !now.positional;
}

/** Whether calls differ only in the name of the params object, which no program uses. */
function isCalledAlike(before: string, after: string): boolean {
  const [old, now] = [before, after].map((call) =>
    call.replace(/\b(query|body|params)(?=\??(, options\?)?\)$)/, 'params'),
  );
  return old === now;
}

function written(result: Result): string {
  if (result.kind === 'page') return `${result.pageClass}<${result.item}>`;
  return result.kind === 'value' ? result.type : 'nothing';
}

function change(
  id: ChangeID,
  verdict: Verdict,
  { id: method, method: verb, path }: Operation,
  args: Args,
  affects: Affected,
): Change {
  return {
    id,
    verdict,
    path: [`client.${method}`],
    args,
    surface: 'client',
    operations: [`${verb.toUpperCase()} ${path}`],
    methods: [`client.${method}`],
    affects: [affects],
  };
}

function byID({ model }: Languages): Map<string, Operation> {
  return new Map(model.operations.map((operation) => [operation.id, operation]));
}
