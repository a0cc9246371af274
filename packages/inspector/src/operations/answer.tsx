import type { VNode } from 'preact';
import { sessionHeaders } from '../api/control.ts';
import type { KeyPlace } from '../api/types.ts';
import { prettyJSON } from '../json/pretty.ts';
import { StatusLabel } from '../requests/verdict.tsx';
import { hashOf } from '../route.ts';
import { formatBytes, formatDuration } from '../ui/format.ts';
import { JSONView } from '../ui/json.tsx';
import { type Carried, carry } from './api-key.ts';
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
export async function exchange(
  request: Prepared,
  body: string,
  keys: readonly KeyPlace[],
  key: string,
): Promise<AnswerState> {
  const started = performance.now();
  const carried = carry(keys, key);
  const headers = { ...sessionHeaders, ...request.headers, ...carried.headers };
  const init: RequestInit = { method: request.method, headers };
  if (request.body !== undefined) init.body = body;
  const search = new URLSearchParams(carried.query).toString();
  const mark = search === '' ? '' : request.target.includes('?') ? '&' : '?';
  try {
    setCookies(carried, 60);
    const response = await fetch(`${request.target}${mark}${search}`, init);
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
  } catch (error) {
    // Such as a key with a character that a header cannot have.
    if (error instanceof TypeError && /header|ByteString/i.test(error.message))
      return { error: `The request cannot be sent: ${error.message}` };
    return {
      error:
        'No response arrived. Check whether a fault rule closed the connection, and whether the mock is running.',
    };
  } finally {
    setCookies(carried, 0);
  }
}

/** A page can send cookies only as those of the browser: they are there for one request. */
function setCookies({ cookies }: Carried, seconds: number): void {
  for (const [name, value] of cookies) {
    const attributes = `path=/; max-age=${seconds}; samesite=strict`;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in some browsers
    document.cookie = `${name}=${encodeURIComponent(value)}; ${attributes}`;
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
