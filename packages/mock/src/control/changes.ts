import type { ChangeReport } from '@org/inspector/api';
import type { Query } from '../http/request.ts';
import type { MockResponse } from '../http/response.ts';
import { ControlError, refusing } from './control-error.ts';
import type { Controls } from './controls.ts';
import { onlyParams, textParam } from './parameters.ts';

type Marked = Pick<Controls, 'marks' | 'mask' | 'writeScript'>;

/** How the data differs from what it was at the start, or at the mark that `since` names. */
export function getChanges(mock: Marked, query: Query): ChangeReport {
  const since = sinceOf(query);
  return mock.mask.value(refusing(() => mock.marks.changes(since)));
}

/** The calls that made the changes, as a program. */
export function getScript(mock: Marked, query: Query): MockResponse {
  const since = sinceOf(query);
  const body = refusing(() => mock.writeScript(since));
  if (mock.mask.text(body) !== body) {
    throw new ControlError(
      409,
      'A request that changed data had an API key in its path, query or body: a script would show it.',
    );
  }
  return { status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' }, body };
}

/** Sets the mark that a body names: `{ "name": "before" }`. */
export function setMark({ marks }: Marked, body: unknown): { name: string } {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  const { name, ...rest } = (isObject ? body : {}) as { name?: unknown };
  const [unknown] = Object.keys(rest);
  if (!isObject || unknown !== undefined) {
    const got = unknown === undefined ? '' : `, without '${unknown}'`;
    throw new ControlError(400, `Expected { "name": "…" }${got}.`, unknown ?? null);
  }
  refusing(() => marks.set(name));
  // It is a text: anything else is refused above.
  return { name: name as string };
}

function sinceOf(query: Query): string | undefined {
  onlyParams(query, ['since']);
  return textParam(query, 'since');
}
