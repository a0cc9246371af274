import type { VNode } from 'preact';
import type { RecordedRequest } from '../api/types.ts';
import { describeRule } from '../faults/rule.ts';
import { faults } from '../session.ts';
import { useStore } from '../store.ts';
import { placeOf, sentenceOf, violationsOf, warningsOf } from './violations.ts';

/** The status in the color of its class. The number carries the meaning; the color is an aid. */
export function StatusLabel({ status }: { status: number }): VNode {
  const text = status === 0 ? 'none' : String(status);
  return (
    <span class={`status-label status-${Math.floor(status / 100)}`} title={titleOf(status)}>
      {text}
    </span>
  );
}

function titleOf(status: number): string | undefined {
  return status === 0 ? 'The connection was closed before a response' : undefined;
}

/** The violation or the fault of a request, in one line. */
export function Verdict({ request }: { request: RecordedRequest }): VNode {
  // Rules may be read after the requests that they hit.
  const rules = useStore(faults);
  const [first, ...more] = violationsOf(request);
  if (first) {
    const text = `${placeOf(first)} ${sentenceOf(first)}`;
    return (
      <span class="verdict-violation" title={text}>
        {text}
        {more.length > 0 && ` (+${more.length})`}
      </span>
    );
  }
  const { fault, operation, status } = request;
  if (fault !== undefined) {
    const rule = rules.find(({ id }) => id === fault)?.rule;
    return (
      <span class="verdict-fault" title={`Fault rule ${fault}`}>
        {rule ? describeRule(rule) : fault}
      </span>
    );
  }
  if (operation === null) return <span class="verdict-violation">No such operation</span>;
  const { message = 'Refused' } = request;
  if (status >= 400)
    return (
      <span class="verdict-violation" title={message}>
        {message}
      </span>
    );
  const [warning, ...others] = warningsOf(request);
  if (!warning) return <span class="verdict-ok">Valid</span>;
  const text = `${placeOf(warning)} ${sentenceOf(warning)}`;
  return (
    <span class="verdict-warning" title={text}>
      Warning: {text}
      {others.length > 0 && ` (+${others.length})`}
    </span>
  );
}
