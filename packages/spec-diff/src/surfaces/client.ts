import type { Operation, Result } from '@org/codegen';
import type { Affected, Change } from '../change/change.ts';
import { type Languages, signatureOf } from './models.ts';

/** What becomes of the client's methods beyond what the rules say of their values. */
export function compareClients(before: Languages, after: Languages): Change[] {
  const [old, now] = [byID(before), byID(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id): Change[] => {
    const [then, current] = [old.get(id), now.get(id)];
    if (!then && current) {
      return [
        change('addition', current, `The method ${signatureOf(current)} was added.`, 'presence'),
      ];
    }
    if (then && !current) {
      return [change('breaking', then, 'The method was removed.', 'presence')];
    }
    return then && current ? [...compare(then, current)] : [];
  });
}

function* compare(before: Operation, after: Operation): Generator<Change> {
  const [old, now] = [signatureOf(before), signatureOf(after)];
  if (old !== now) {
    const isOptional = before.paramsOptional !== after.paramsOptional && after.paramsOptional;
    const isSame = old.replaceAll('?', '') === now.replaceAll('?', '');
    const verdict = isOptional && isSame ? 'addition' : 'breaking';
    yield change(verdict, after, `The arguments changed: ${old} is now ${now}.`, 'arguments');
  }
  const [named, others] = [before, after].map(({ pathParams }) =>
    pathParams.map(({ name }) => name).join(),
  );
  if (named !== others) {
    yield change(
      'breaking',
      after,
      `The named path parameters changed from ${named || 'none'} to ${others || 'none'}.`,
      'arguments',
    );
  }
  const [result, other] = [written(before.result), written(after.result)];
  if (result !== other) {
    yield change('breaking', after, `The result changed from ${result} to ${other}.`, 'result');
  }
  if (before.paramsType && after.paramsType && before.paramsType !== after.paramsType) {
    const message = `The type of the arguments is now called ${after.paramsType} instead of ${before.paramsType}.`;
    yield change('breaking', after, message, 'arguments');
  }
}

function written(result: Result): string {
  if (result.kind === 'page') return `${result.pageClass}<${result.item}>`;
  return result.kind === 'value' ? result.type : 'nothing';
}

function change(
  verdict: Change['verdict'],
  { id, method, path }: Operation,
  message: string,
  affects: Affected,
): Change {
  const operations = [`${method.toUpperCase()} ${path}`];
  return { verdict, place: `client.${id}`, message, operations, affects: [affects] };
}

function byID({ model }: Languages): Map<string, Operation> {
  return new Map(model.operations.map((operation) => [operation.id, operation]));
}
