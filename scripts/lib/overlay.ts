import type { Adaptation, AdaptedDocument } from '@org/codegen/adapt-document';
import { type Pointer, valueAt } from '@org/openapi';
import { stringify } from 'yaml';

/** The changes of an adapted document as an OpenAPI Overlay; undefined if there are none. */
export function overlayOf(adapted: AdaptedDocument): string | undefined {
  const { document, named, renamed, leftOut } = adapted;
  const actions = [
    ...named.map(({ id, method, path }) => ({
      target: targetOf(document, ['paths', path, method]),
      update: { operationId: id },
    })),
    ...[...renamed, ...leftOut].map(({ pointer, update, problems }) => ({
      target: targetOf(document, pointer),
      description: [...new Set(problems.map(({ message }) => message))].join(' '),
      ...(update ? { update } : { remove: true }),
    })),
  ];
  if (actions.length === 0) return undefined;
  const info = { title: 'Changes of this repository', version: '1.0.0' };
  return stringify({ overlay: '1.0.0', info, actions }, { lineWidth: 0 });
}

/** What was renamed and left out, and why: a line for each. */
export function describeChanges({ document, renamed, leftOut }: AdaptedDocument): string[] {
  const ignored = leftOut.filter(({ update }) => update);
  const removed = leftOut.filter(({ update }) => !update);
  const list = (
    title: string,
    changes: readonly Adaptation[],
    line: (one: Adaptation) => string,
  ) => (changes.length > 0 ? [`${title}, in spec/overlay.yaml:`, ...changes.map(line)] : []);
  const reason = (change: Adaptation) => `  ${describeExclusion(change)}`;
  return [
    ...list(`Renamed: ${count(renamed, 'argument')}`, renamed, ({ pointer, update }) => {
      const { in: place, name } = valueAt(document, pointer) as { in: string; name: string };
      const { argument } = (update as { 'x-client': { argument: string } })['x-client'];
      const holder = pointer[0] === 'paths' ? nameOf(pointer) : 'every operation that has it';
      return `  ${place} parameter ${name} of ${holder} → ${argument}`;
    }),
    ...list(`Left out of the client: ${count(ignored, 'operation')}`, ignored, reason),
    ...list(`Left out of the client and the mock: ${count(removed, 'part')}`, removed, reason),
  ];
}

/** `GET /users: The sentence. (id)` */
export function describeExclusion({ pointer, problems }: Adaptation): string {
  const reasons = new Set(problems.map(({ message, id }) => `${message} (${id})`));
  return `${nameOf(pointer)}: ${[...reasons].join(' ')}`;
}

function count({ length }: readonly unknown[], noun: string): string {
  return `${length} ${noun}${length === 1 ? '' : 's'}`;
}

/** `GET /users`, or the path alone. */
function nameOf([, path, method]: Pointer): string {
  const isOperation = method !== undefined && method !== 'parameters';
  return isOperation ? `${String(method).toUpperCase()} ${path}` : String(path);
}

/** A JSONPath expression: parameters by their names, so that it holds if others are added. */
function targetOf(document: object, pointer: Pointer): string {
  return pointer.reduce<string>((path, key, i) => {
    if (pointer[i - 1] === 'parameters' && typeof key === 'number') {
      const { name, in: place } = valueAt(document, pointer.slice(0, i + 1)) as Record<
        string,
        string
      >;
      return `${path}[?@.name == ${quote(name)} && @.in == ${quote(place)}]`;
    }
    if (typeof key === 'number') return `${path}[${key}]`;
    return /^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}[${quote(key)}]`;
  }, '$');
}

function quote(text: unknown): string {
  return `'${String(text).replaceAll(/['\\]/g, '\\$&')}'`;
}
