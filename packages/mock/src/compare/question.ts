import type { Behavior, Collection } from '@org/codegen/model';
import type { Operation } from '../api/api.ts';
import type { Credentials } from './credentials.ts';

/** What a question is about. The report has a line for each. */
export type Area =
  | 'pages'
  | 'cursors'
  | 'orders'
  | 'filters'
  | 'invalid parameters'
  | 'items'
  | 'unknown ids'
  | 'credentials'
  | 'conditional requests'
  | 'HEAD'
  | 'writes';

export type Pair = [name: string, value: string];

/** A request that changes nothing on a server. */
export interface Request {
  method: 'GET' | 'HEAD';
  /** The operation's path, encoded: `/teams/team_1/members`. */
  path: string;
  query: readonly Pair[];
  headers: Readonly<Record<string, string>>;
  credentials: Credentials;
}

type ListBehavior = Extract<Behavior, { kind: 'list' }>;

/** A request that changes data: it is sent only to a server whose data may be lost. */
export interface WriteRequest extends Omit<Request, 'method'> {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
}

/** A list operation, and the collection that it lists. */
export interface List {
  operation: Operation;
  behavior: ListBehavior;
  collection: Collection;
}

/** A request for both servers. */
export interface Question {
  area: Area;
  operation: Operation;
  request: Request;
  /** For a list: how many pages to follow, each server by its own cursors. */
  follow?: { list: List; pages: number };
  /** Sends back the entity tag of the server's own answer to the same request. */
  sendsTag?: boolean;
}

/** A request as people write it: `HEAD /members?limit=2`. */
export function describe(request: Request | WriteRequest): string {
  const { method, path, query, headers, credentials } = request;
  const search = new URLSearchParams([...query]).toString();
  const notes = [
    ...(credentials === 'accepted' ? [] : [credentialNotes[credentials]]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  if ('body' in request) notes.push(JSON.stringify(request.body));
  const target = search ? `${path}?${search}` : path;
  return [`${method} ${target}`, ...notes].join(', ');
}

const credentialNotes = {
  none: 'no key',
  wrong: 'a wrong key',
  'other scheme': 'Authorization: Basic',
} as const;
