import type { VNode } from 'preact';
import type { RecordedRequest } from '../api/types.ts';

/** The status in the colour of its class. The number is what says it; the colour is an aid. */
export function StatusLabel({ status }: { status: number }): VNode {
  const text = status === 0 ? 'none' : String(status);
  return (
    <span class={`status-label status-${Math.floor(status / 100)}`} title={titleOf(status)}>
      {text}
    </span>
  );
}

function titleOf(status: number): string | undefined {
  return status === 0 ? 'The connection was closed before an answer' : undefined;
}

/** In one line: what was wrong with the request, or what was done to it. */
export function Verdict({ request }: { request: RecordedRequest }): VNode | null {
  const { validations, fault } = request;
  const [first, ...more] = validations;
  if (first) {
    const text = `${first.location.slice(1).join('.') || first.location.join('.')}: ${first.message}`;
    return (
      <span class="verdict verdict-violation" title={text}>
        {text}
        {more.length > 0 && ` (+${more.length})`}
      </span>
    );
  }
  if (fault !== undefined) return <span class="verdict verdict-fault">Fault {fault}</span>;
  if (request.operation === null)
    return <span class="verdict verdict-unknown">No such operation</span>;
  return <span class="verdict verdict-ok">Valid</span>;
}
