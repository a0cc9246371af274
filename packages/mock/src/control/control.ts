import { errorBody } from '../errors.ts';
import type { MockRequest } from '../request.ts';
import type { MockResponse } from '../response.ts';
import type { FaultRule } from './faults.ts';
import type { RecordedRequest } from './journal.ts';

/** What the control endpoints can do: a mock, as a test in another language sees it. */
export interface Controls {
  readonly directory: { readonly size: number };
  readonly requests: readonly RecordedRequest[];
  fail(rule: FaultRule): void;
  reset(): void;
}

/** Where the control endpoints are. They need no key, are not in the journal, and no fault hits them. */
export const controlPrefix = '/_mock/';

/** Answers a request to a control endpoint. */
export function control(mock: Controls, { method, target, body }: MockRequest): MockResponse {
  const path = target.replace(/\?.*/s, '');
  const actions: Record<string, () => MockResponse> = {
    'GET /_mock/health': () => answer(200, { status: 'ok', users: mock.directory.size }),
    'GET /_mock/requests': () => answer(200, mock.requests),
    'POST /_mock/faults': () => {
      mock.fail(JSON.parse(body ?? ''));
      return answer(201, { status: 'ok' });
    },
    'POST /_mock/reset': () => {
      mock.reset();
      return answer(200, { status: 'ok' });
    },
  };
  const action = actions[`${method} ${path}`];
  if (!action) {
    const message = `There is no ${method} ${path}. There are: ${Object.keys(actions).join(', ')}.`;
    return answer(404, errorBody(404, { message }));
  }
  try {
    return action();
  } catch (error) {
    // A body that is no JSON, or no fault rule.
    return answer(400, errorBody(400, { message: (error as Error).message, param: null }));
  }
}

function answer(status: number, body: unknown): MockResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
