import type { VNode } from 'preact';
import { control } from '../api/control.ts';
import type { RecordedRequest, Violation } from '../api/types.ts';
import { clientCall } from '../copy-as/client-call.ts';
import { curl } from '../copy-as/curl.ts';
import { testCase } from '../copy-as/test-case.ts';
import { prettyJSON } from '../json/pretty.ts';
import { hashOf } from '../route.ts';
import { faults, health, messageOf, operations } from '../session.ts';
import { useStore } from '../store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { formatBytes, formatDuration, formatTime } from '../ui/format.ts';
import { JSONView } from '../ui/json.tsx';
import { Panel } from '../ui/panel.tsx';
import { useLoad } from '../ui/use-load.ts';
import { StatusLabel } from './verdict.tsx';
import { sentenceOf, violationsOf, warningsOf } from './violations.ts';

export function RequestDetails({ id, close }: { id: string; close: () => void }): VNode {
  const { value: request, error } = useLoad(
    () => control<RecordedRequest>('GET', `requests/${encodeURIComponent(id)}`),
    [id],
  );
  if (!request) {
    return (
      <Panel title="Request" label="Request" close={close}>
        {error !== undefined && <p class="error">{messageOf(error)}</p>}
      </Panel>
    );
  }
  const title = (
    <>
      <StatusLabel status={request.status} /> {request.method}{' '}
      <span class="mono wrap">{request.path}</span>
    </>
  );
  return (
    <Panel title={title} label={`${request.method} ${request.path}`} close={close}>
      <CopyAs request={request} />
      <Facts request={request} />
      <Violations title="Contract violations" violations={violationsOf(request)} />
      <Violations title="Warnings" violations={warningsOf(request)} />
      <Query query={request.query} />
      {request.body !== undefined && <RequestBody body={request.body} />}
      <ResponseBody request={request} />
    </Panel>
  );
}

function CopyAs({ request }: { request: RecordedRequest }): VNode {
  const operation = useStore(operations).find(({ id }) => id === request.operation);
  const rule = useStore(faults).find(({ id }) => id === request.fault)?.rule;
  return (
    <div class="actions">
      <CopyButton text={() => curl(request, location.origin)}>Copy as curl</CopyButton>
      {operation && (
        <>
          <CopyButton text={() => clientCall(request, operation)}>Copy as client call</CopyButton>
          <CopyButton text={() => testCase(request, operation, rule, health.value)}>
            Copy as test
          </CopyButton>
        </>
      )}
    </div>
  );
}

function Facts({ request }: { request: RecordedRequest }): VNode {
  const rule = useStore(faults).find(({ id }) => id === request.fault)?.rule;
  return (
    <dl class="facts">
      <dt>Operation</dt>
      <dd>
        {request.operation === null ? (
          'None: no operation of the spec has this method and path'
        ) : (
          <a href={hashOf('operations', request.operation)}>{request.operation}</a>
        )}
      </dd>
      <dt>Time</dt>
      <dd class="number">
        {formatTime(request.time)}, took {formatDuration(request.duration)}
      </dd>
      <dt>Request ID</dt>
      <dd class="mono">{request.id}</dd>
      {request.fault !== undefined && (
        <>
          <dt>Fault</dt>
          <dd>
            <a href={hashOf('faults')}>{request.fault}</a>{' '}
            {rule && <code class="inline">{JSON.stringify(rule)}</code>}
          </dd>
        </>
      )}
    </dl>
  );
}

function Violations({
  title,
  violations,
}: {
  title: string;
  violations: Violation[];
}): VNode | null {
  if (violations.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul class="violations">
        {violations.map((violation) => {
          const place = violation.location.join('.');
          return (
            <li key={`${place} ${violation.message}`}>
              <code>{place}</code> {sentenceOf(violation)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Query({ query }: { query: RecordedRequest['query'] }): VNode | null {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one, index) => ({ key: `${name} ${index}`, name, value: one })),
  );
  if (pairs.length === 0) return null;
  return (
    <section>
      <h3>Query</h3>
      <dl class="facts mono">
        {pairs.map(({ key, name, value }) => [
          <dt key={`${key} name`}>{name}</dt>,
          <dd key={`${key} value`}>{value}</dd>,
        ])}
      </dl>
    </section>
  );
}

function RequestBody({ body }: { body: unknown }): VNode {
  const text = typeof body === 'string' ? prettyJSON(body) : JSON.stringify(body, undefined, 2);
  return (
    <section>
      <h3>Request body</h3>
      <JSONView text={text} label="Request body" />
    </section>
  );
}

function ResponseBody({ request: { response, status } }: { request: RecordedRequest }): VNode {
  const { body = '', size = body.length } = response ?? {};
  const shown = new TextEncoder().encode(body).length;
  return (
    <section>
      <h3>
        Response body <span class="muted number">{formatBytes(size)}</span>
      </h3>
      {shown < size && (
        <p class="note">
          The mock keeps the first {formatBytes(shown)} of a body. The rest of these{' '}
          {formatBytes(size)} was sent, and is not shown.
        </p>
      )}
      {body === '' ? (
        <p class="muted">{status === 0 ? 'No response was sent.' : 'Empty.'}</p>
      ) : (
        <JSONView text={prettyJSON(body)} label="Response body" />
      )}
    </section>
  );
}
