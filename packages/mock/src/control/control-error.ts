import { type MockResponse, toText } from '../http/response.ts';

/** What a control endpoint refuses, and the status of that. */
export class ControlError extends Error {
  readonly status: number;
  readonly param: string | null;
  readonly issues: readonly { path: string; message: string }[] | undefined;

  constructor(
    status: number,
    message: string,
    param: string | null = null,
    issues?: readonly { path: string; message: string }[],
  ) {
    super(message);
    this.name = 'ControlError';
    this.status = status;
    this.param = param;
    this.issues = issues;
  }
}

/** Does what a request asks for. What the mock throws at it, such as a broken contract, is the request's fault: a 400. */
export function refusing<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof ControlError) throw error;
    const { message } = error as Error;
    const issues = (error as Partial<ControlError>).issues;
    throw new ControlError(400, message, issues?.[0]?.path ?? null, issues);
  }
}

/** A JSON answer of a control endpoint. */
export function jsonResponse(status: number, body: unknown): MockResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: toText(body) };
}

/** An error of a control endpoint. Its shape is the same for every document. */
export function errorResponse(
  status: number,
  message: string,
  param: string | null = null,
  issues?: ControlError['issues'],
): MockResponse {
  const type = status < 500 ? 'invalid_request_error' : 'server_error';
  const error = { message, type, param, code: null, ...(issues && { issues }) };
  return jsonResponse(status, { error });
}
