import type { FaultMatch, FaultRule } from '../api/types.ts';

/** A rule as its form has it: strings, empty for unset properties. */
export interface RuleForm {
  status: string;
  retryAfter: string;
  delayFrom: string;
  delayTo: string;
  connection: string;
  body: string;
  cursor: string;
  times: string;
  duration: string;
  probability: string;
  operation: string;
  method: string;
  path: string;
  /** `name=value`, separated by `&`. */
  query: string;
  /** `name: value`, one a line. */
  headers: string;
}

export const emptyForm: RuleForm = {
  status: '',
  retryAfter: '',
  delayFrom: '',
  delayTo: '',
  connection: '',
  body: '',
  cursor: '',
  times: '',
  duration: '',
  probability: '',
  operation: '',
  method: '',
  path: '',
  query: '',
  headers: '',
};

/** The rule that a form describes. The mock validates it. */
export function ruleOf(form: RuleForm): FaultRule {
  const { delayFrom, delayTo } = form;
  const delay = number(delayFrom);
  const match = matchOf(form);
  return defined<FaultRule>({
    status: number(form.status),
    retryAfter: number(form.retryAfter),
    delay: delay !== undefined && delayTo.trim() !== '' ? [delay, number(delayTo)] : delay,
    connection: text(form.connection),
    body: text(form.body),
    cursor: text(form.cursor),
    times: number(form.times),
    duration: number(form.duration),
    probability: number(form.probability),
    match: Object.keys(match).length > 0 ? match : undefined,
  });
}

function matchOf({ operation, method, path, query, headers }: RuleForm): FaultMatch {
  const lines = headers.split('\n').filter((line) => line.trim() !== '');
  const pairs = lines.map((line) => {
    const colon = line.indexOf(':');
    return colon < 0
      ? [line.trim(), '']
      : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  return defined<FaultMatch>({
    operation: text(operation),
    method: text(method),
    path: text(path),
    query: query.trim() === '' ? undefined : Object.fromEntries(new URLSearchParams(query)),
    headers: pairs.length === 0 ? undefined : Object.fromEntries(pairs),
  });
}

/** The form that describes a rule. */
export function formOf(rule: FaultRule): RuleForm {
  const { delay, match = {} } = rule;
  const [from, to] = [delay].flat();
  const headers = Object.entries(match.headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  const given = {
    ...rule,
    ...match,
    delayFrom: from,
    delayTo: to,
    query: match.query && new URLSearchParams(match.query).toString(),
    headers: headers.join('\n'),
  };
  const entries = Object.keys(emptyForm).map((name) => {
    const value = given[name as keyof RuleForm];
    return [name, value === undefined ? '' : String(value)];
  });
  // The names are those of the empty form.
  return Object.fromEntries(entries) as unknown as RuleForm;
}

/** A rule in one sentence: `Status 429, Retry-After 1 s`. */
export function describeRule(rule: FaultRule): string {
  const { status, retryAfter, delay, connection, body, cursor, duration, probability } = rule;
  const parts = [
    status !== undefined && `status ${status}`,
    retryAfter !== undefined && `Retry-After ${retryAfter} s`,
    delay !== undefined && `delay ${[delay].flat().join(' to ')} ms`,
    connection !== undefined && `connection ${connection}`,
    body !== undefined && `${body} body`,
    cursor !== undefined && `cursor: ${cursor}`,
    duration !== undefined && `for ${duration / 1000} s`,
    probability !== undefined && `probability ${probability}`,
  ];
  const sentence = parts.filter(Boolean).join(', ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** Which requests a rule hits: `GET /things, limit=3`. */
export function describeMatch({ match = {} }: FaultRule): string {
  const { operation, method, path, query = {}, headers = {} } = match;
  const parts = [
    operation,
    [method, path].filter(Boolean).join(' '),
    ...Object.entries(query).map(([name, value]) => `${name}=${value}`),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return parts.filter(Boolean).join(', ') || 'every request';
}

/** A text that is not a number is passed on, so that the mock's error explains it. */
function number(value: string): unknown {
  const trimmed = value.trim();
  if (trimmed === '') return undefined;
  return Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
}

function text(value: string): string | undefined {
  return value.trim() === '' ? undefined : value.trim();
}

/** Without the properties that are undefined. Values that do not fit the type are the mock's to refuse. */
function defined<T>(properties: { [Name in keyof T]: unknown }): T {
  const entries = Object.entries(properties).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as T;
}
