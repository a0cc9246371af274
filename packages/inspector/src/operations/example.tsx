import type { VNode } from 'preact';
import type { OperationInfo } from '../api/types.ts';
import { clientCall } from '../copy-as/client-call.ts';
import { draft } from '../json/draft.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { JSONView } from '../ui/json.tsx';
import { asRecorded, prepare } from './send.ts';
import { initialForm } from './use-send-form.ts';

/** A call with the client and the response to it, side by side. */
export function Example({ operation }: { operation: OperationInfo }): VNode {
  const code = exampleCode(operation);
  const response = operation.responses.find(({ status }) => /^2/.test(status));
  const value =
    response?.example ?? draft(response?.schema ?? undefined, operation.definitions) ?? undefined;
  return (
    <section class="example" aria-label="Example">
      <div>
        <h3>
          Example <CopyButton text={() => code}>Copy</CopyButton>
        </h3>
        <JSONView text={code} label="Example call" />
      </div>
      <div>
        <h3>Response {response && <span class="muted mono">{response.status}</span>}</h3>
        {value === undefined ? (
          <p class="muted">No content.</p>
        ) : (
          <JSONView text={JSON.stringify(value, undefined, 2)} label="Example response" />
        )}
      </div>
    </section>
  );
}

/** The call with the parameters that it requires. A list is walked to its end. */
export function exampleCode(operation: OperationInfo): string {
  const request = prepare(operation, initialForm(operation), '');
  const call = clientCall(asRecorded(request), operation);
  if (/^\w+Page</.test(operation.returns) && operation.behavior !== 'mocker')
    return `for await (const item of ${call}) {\n  console.log(item);\n}`;
  const isVoid = operation.returns === 'void';
  return isVoid ? `await ${call};` : `const result = await ${call};`;
}
