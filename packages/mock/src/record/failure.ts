import type { RecordedRequest } from '../control/journal.ts';

/** How a run of the program ended, and what it asked the mock. */
export interface Run {
  /** Null where a signal ended it. */
  code: number | null;
  /** Whether it was ended because it took too long. */
  isTimeout: boolean;
  stderr: string;
  requests: readonly RecordedRequest[];
}

/** What a test of the program has to show. */
export interface Failure {
  /** `exit`: the program says that it failed. `refused`: it does not notice that a request of it was refused. */
  kind: 'exit' | 'timeout' | 'refused';
  /** One line for people. */
  message: string;
  /** The same for the same failure, whatever the ids and numbers in its message. */
  signature: string;
}

/** The failure of a run; undefined where nothing went wrong, as far as can be seen from outside of the program. */
export function failureOf({ code, isTimeout, stderr, requests }: Run): Failure | undefined {
  // A failure with the same message, but after other steps, may have another cause.
  const steps = [...new Set(requests.map(({ operation, status }) => `${operation} ${status}`))];
  if (isTimeout) {
    const last = requests.at(-1);
    const asked = last ? `; its last request was ${describe(last)}` : '';
    return {
      kind: 'timeout',
      message: `It does not end${asked}.`,
      signature: ['timeout', ...steps].join('\n'),
    };
  }
  if (code !== 0) {
    const message = errorIn(stderr) ?? `It exits with ${code ?? 'a signal'}.`;
    return { kind: 'exit', message, signature: [withoutIDs(message), ...steps].join('\n') };
  }
  const refused = requests.find(isRefused);
  if (!refused) return undefined;
  const reason = errorOf(refused);
  return {
    kind: 'refused',
    message: `${describe(refused)}${reason ? `: ${reason}` : ''}`,
    signature: ['refused', withoutIDs(reason), ...steps].join('\n'),
  };
}

/** Whether a request breaks the contract, or was refused, without a fault. */
function isRefused({ status, fault }: RecordedRequest): boolean {
  return status >= 400 && fault === undefined;
}

export function describe({ method, path, query, status }: RecordedRequest): string {
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, String(value)]),
  );
  const search = new URLSearchParams(pairs).toString();
  return `${method} ${path}${search && `?${search}`} → ${status || 'no response'}`;
}

/** The first line that names an error, else the last line. */
function errorIn(stderr: string): string | undefined {
  const lines = stderr.split('\n').map((line) => line.trim());
  const named = lines.find((line) => /^(?:Uncaught )?[\w.]*(?:Error|Exception)\b.*:/.test(line));
  return named ?? lines.findLast(Boolean);
}

function errorOf({ response, validations }: RecordedRequest): string {
  const [violation] = validations.filter(({ severity }) => severity === 'error');
  if (violation) return violation.message;
  const text = /"(?:message|detail|title)":("(?:[^"\\]|\\.)*")/.exec(response?.body ?? '')?.[1];
  return text === undefined ? '' : String(JSON.parse(text));
}

function withoutIDs(text: string): string {
  return text.replaceAll(/[\w-]*\d[\w-]*/g, '#');
}
