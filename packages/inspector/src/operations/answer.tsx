import type { VNode } from 'preact';
import { sessionHeaders } from '../api/control.ts';
import { prettyJSON } from '../json/pretty.ts';
import { StatusLabel } from '../requests/verdict.tsx';
import { hashOf } from '../route.ts';
import { formatBytes, formatDuration } from '../ui/format.ts';
import { JSONView } from '../ui/json.tsx';
import type { Prepared } from './send.ts';

/** The number of characters of a body that are shown. More would make the page slow. */
const shownCharacters = 64 * 1024;

export interface AnswerState {
  pending?: boolean;
  error?: string;
  response?: {
    status: number;
    duration: number;
    size: number;
    headers: [string, string][];
    body: string;
  };
}

/** Sends a request to the mocked API. */
export async function exchange(request: Prepared, body: string, key: string): Promise<AnswerState> {
  const started = performance.now();
  const authorization = key === '' ? {} : { authorization: `Bearer ${key}` };
  const headers = { ...sessionHeaders, ...request.headers, ...authorization };
  const init: RequestInit = { method: request.method, headers };
  if (request.body !== undefined) init.body = body;
  try {
    const response = await fetch(request.target, init);
    const text = await response.text();
    return {
      response: {
        status: response.status,
        duration: performance.now() - started,
        size: new TextEncoder().encode(text).length,
        headers: [...response.headers],
        body: text,
      },
    };
  } catch {
    return {
      error:
        'No response arrived. Check whether a fault rule closed the connection, and whether the mock is running.',
    };
  }
}

export function Answer({ state }: { state: AnswerState | undefined }): VNode {
  return (
    <div class="answer" role="status">
      {state?.pending && <p class="muted">Waiting for the response…</p>}
      {state?.error && <p class="error">{state.error}</p>}
      {state?.response && <Response {...state.response} />}
    </div>
  );
}

function Response(response: NonNullable<AnswerState['response']>): VNode {
  const { status, duration, size, headers, body } = response;
  const id = headers.find(([name]) => name === 'x-request-id')?.[1];
  return (
    <>
      <p class="answer-line number">
        <StatusLabel status={status} /> {formatDuration(duration)} · {formatBytes(size)}
        {id !== undefined && (
          <>
            {' · '}
            <a href={hashOf('requests', id)}>{id}</a>
          </>
        )}
      </p>
      {body.length > shownCharacters && (
        <p class="note">
          The first {formatBytes(shownCharacters)} of {formatBytes(size)} are shown.
        </p>
      )}
      {body !== '' && (
        <JSONView
          text={body.length > shownCharacters ? body.slice(0, shownCharacters) : prettyJSON(body)}
          label="Response body"
        />
      )}
      <details>
        <summary>Response headers</summary>
        <dl class="facts mono">
          {headers.map(([name, value]) => [
            <dt key={`${name} name`}>{name}</dt>,
            <dd key={`${name} value`}>{value}</dd>,
          ])}
        </dl>
      </details>
    </>
  );
}
