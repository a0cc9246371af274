import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A second implementation of the API, made from its description and not from the mock: the requests that only read.
 * `mutant` puts one mistake in.
 */
export interface IndependentServer extends AsyncDisposable {
  url: string;
  /** The methods and paths of the requests, in order. */
  requests: string[];
}

export type Mutant = (typeof mutants)[number];

export const mutants = [
  'a page skips the item after its cursor',
  'a page begins with the item of its cursor',
  'a page holds one item more than the limit',
  'the largest limit is refused',
  'a limit above the largest is accepted',
  'a limit of zero is accepted',
  'the default limit is ten',
  'has_more is true on the last page',
  'has_more is false before the last page',
  'has_more is wrong where the page is full',
  'last_id is missing',
  'last_id is the first id',
  'first_id is null',
  'the order is reversed',
  'order=desc has no effect',
  'order=desc loses its direction on the second page',
  'an unknown order is accepted',
  'the emails filter has no effect',
  'the emails filter takes the first value alone',
  'the emails filter is forgotten on the second page',
  'an email that nobody has finds everybody',
  'an unknown cursor starts at the beginning',
  'an unknown user is a 400',
  'an unknown user has an empty list of roles',
  'a role is found below any user',
  'an error has no param',
  'an error has no code',
  'an error has another type',
  'an error has no message',
  'an error is not wrapped',
  'an error is plain text',
  'a success has another content type',
  'a wrong key is accepted',
  'a missing key is accepted',
  'a missing key is a 403',
  'Basic is accepted as a key',
  'HEAD has a length of zero',
  'HEAD is a 404',
  'HEAD needs no key',
  'If-None-Match is always a 304',
  'x-request-id is missing',
  'the next cursor is missing',
  'the next cursor repeats the last item',
  'a user has a property less than in the list',
  'a null is left out',
  'ids are found in any case',
  'encoded ids are unknown',
  'an unknown parameter is refused',
  'an unknown path is an empty list',
] as const;

export interface Role extends Record<string, unknown> {
  id: string;
}
export interface User extends Record<string, unknown> {
  id: string;
  email: string | null;
}

interface Reply {
  status: number;
  body: unknown;
}

const key = 'sk-admin-independent';

export { key as independentKey };

/** Starts the server on a free port of this machine. */
export async function startIndependentServer(
  users: readonly User[],
  rolesOf: Readonly<Record<string, readonly Role[]>>,
  mutant?: Mutant,
): Promise<IndependentServer> {
  const has = (name: Mutant) => mutant === name;
  const requests: string[] = [];
  let count = 0;

  const fail = (status: number, code: string, param: string | null = null): Reply => {
    const error: Record<string, unknown> = {
      message: has('an error has no message') ? '' : `Request failed: ${code} ${param ?? ''}`,
      type: has('an error has another type') ? 'error' : 'invalid_request_error',
      param,
      code,
    };
    if (has('an error has no param')) delete error['param'];
    if (has('an error has no code')) error['code'] = null;
    return { status, body: has('an error is not wrapped') ? error : { error } };
  };
  const notFound = () => fail(404, 'not_found');

  const isAllowed = ({ headers, method }: IncomingMessage) => {
    const { authorization } = headers;
    if (has('HEAD needs no key') && method === 'HEAD') return true;
    if (authorization === undefined)
      return has('a missing key is accepted') || has('a missing key is a 403');
    if (has('Basic is accepted as a key') && authorization.startsWith('Basic ')) return true;
    if (!authorization.startsWith('Bearer ')) return false;
    return has('a wrong key is accepted') || authorization === `Bearer ${key}`;
  };

  /** A whole number within bounds; undefined where it is none. */
  const readLimit = (query: URLSearchParams, least: number, most: number, usual: number) => {
    const text = query.get('limit');
    if (text === null) return usual;
    const isNumber = /^-?\d+$/.test(text);
    const low = has('a limit of zero is accepted') ? 0 : least;
    const high = has('a limit above the largest is accepted') ? most * 2 : most;
    const limit = Number(text);
    if (has('the largest limit is refused') && limit === most) return undefined;
    return isNumber && limit >= low && limit <= high ? limit : undefined;
  };

  /** The items of a page, and whether more follow. */
  const cut = <T extends { id: string }>(
    items: readonly T[],
    after: string | null,
    limit: number,
  ) => {
    const index = after === null || after === '' ? -1 : items.findIndex(({ id }) => id === after);
    const isUnknown = Boolean(after) && index < 0;
    if (isUnknown && !has('an unknown cursor starts at the beginning')) return undefined;
    let start = index + 1;
    if (after && has('a page skips the item after its cursor')) start += 1;
    if (after && has('a page begins with the item of its cursor')) start -= 1;
    const size = has('a page holds one item more than the limit') ? limit + 1 : limit;
    const page = items.slice(start, start + size);
    let hasMore = limit > 0 && start + size < items.length;
    if (has('has_more is true on the last page')) hasMore = true;
    if (has('has_more is false before the last page')) hasMore = false;
    if (has('has_more is wrong where the page is full')) hasMore = page.length === limit;
    return { page, hasMore };
  };

  const shown = (user: User): unknown => {
    if (!has('a null is left out')) return user;
    return Object.fromEntries(Object.entries(user).filter(([, value]) => value !== null));
  };

  const listUsers = (query: URLSearchParams): Reply => {
    const limit = readLimit(query, 1, 100, has('the default limit is ten') ? 10 : 20);
    if (limit === undefined) return fail(400, 'invalid_parameter', 'limit');
    const after = query.get('after');
    let emails = query.getAll('emails').map((email) => email.toLowerCase());
    if (has('the emails filter has no effect')) emails = [];
    if (has('the emails filter takes the first value alone')) emails = emails.slice(0, 1);
    if (has('the emails filter is forgotten on the second page') && after) emails = [];
    const wanted = users.filter(
      ({ email }) => emails.length === 0 || emails.includes(email?.toLowerCase() ?? ''),
    );
    const all =
      wanted.length === 0 && has('an email that nobody has finds everybody') ? users : wanted;
    const items = has('the order is reversed') ? [...all].reverse() : all;
    // A cursor may name a user that the filter leaves out.
    const isKnown = !after || users.some(({ id }) => id === after);
    const found = cut(
      items,
      isKnown && after && !items.some(({ id }) => id === after) ? null : after,
      limit,
    );
    if (!found) return fail(400, 'invalid_parameter', 'after');
    const { page, hasMore } = found;
    const first = page[0]?.id ?? null;
    const body: Record<string, unknown> = {
      object: 'list',
      data: page.map(shown),
      first_id: has('first_id is null') ? null : first,
      last_id: has('last_id is the first id') ? first : (page.at(-1)?.id ?? null),
      has_more: hasMore,
    };
    if (has('last_id is missing')) delete body['last_id'];
    return { status: 200, body };
  };

  const listRoles = (roles: readonly Role[], query: URLSearchParams): Reply => {
    const limit = readLimit(query, 0, 1000, 20);
    if (limit === undefined) return fail(400, 'invalid_parameter', 'limit');
    const order = query.get('order') ?? 'asc';
    if (order !== 'asc' && order !== 'desc' && !has('an unknown order is accepted'))
      return fail(400, 'invalid_parameter', 'order');
    const after = query.get('after');
    const isReversed =
      order === 'desc' &&
      !has('order=desc has no effect') &&
      !(after && has('order=desc loses its direction on the second page'));
    // Cursors are opaque.
    const cursor =
      after &&
      Buffer.from(after, 'base64url')
        .toString()
        .replace(/^role:/, '');
    const found = cut(isReversed ? [...roles].reverse() : roles, cursor, limit);
    if (!found) return fail(400, 'invalid_parameter', 'after');
    const { page, hasMore } = found;
    const last = has('the next cursor repeats the last item') ? page.at(-2) : page.at(-1);
    const next = hasMore && last ? Buffer.from(`role:${last.id}`).toString('base64url') : null;
    const given = has('the next cursor is missing') ? null : next;
    return { status: 200, body: { object: 'list', data: page, has_more: hasMore, next: given } };
  };

  const answer = (request: IncomingMessage): Reply => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
    if (has('HEAD is a 404') && request.method === 'HEAD') return notFound();
    const [, version, organization, collection, ...rest] = pathname.split('/');
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const isKnown = version === 'v1' && organization === 'organization' && collection === 'users';
    const isPath = rest.length <= 1 || (rest[1] === 'roles' && rest.length <= 3);
    if (!isRead || !isKnown || !isPath)
      return has('an unknown path is an empty list')
        ? { status: 200, body: { object: 'list', data: [] } }
        : notFound();
    if (has('a missing key is a 403') && request.headers.authorization === undefined)
      return fail(403, 'insufficient_permissions');
    if (!isAllowed(request)) return fail(401, 'invalid_api_key');
    const other = [...query.keys()].find((name) => !/^(?:after|emails|limit|order)$/.test(name));
    if (other && has('an unknown parameter is refused'))
      return fail(400, 'invalid_parameter', other);
    if (rest.length === 0) return listUsers(query);
    const decode = (text = '') =>
      has('encoded ids are unknown') ? text : decodeURIComponent(text);
    const [userID, roleID] = [decode(rest[0]), decode(rest[2])];
    const user = users.find(({ id }) =>
      has('ids are found in any case') ? id.toLowerCase() === userID.toLowerCase() : id === userID,
    );
    if (!user && has('an unknown user is a 400')) return fail(400, 'invalid_parameter', 'user_id');
    if (!user && rest.length === 2 && has('an unknown user has an empty list of roles'))
      return listRoles([], query);
    if (!user) return notFound();
    if (rest.length === 1) {
      const { email, ...others } = user;
      return {
        status: 200,
        body: shown(has('a user has a property less than in the list') ? (others as User) : user),
      };
    }
    const roles = rolesOf[user.id] ?? [];
    if (rest.length === 2) return listRoles(roles, query);
    const below = has('a role is found below any user') ? Object.values(rolesOf).flat() : roles;
    const role = below.find(({ id }) => id === roleID);
    return role ? { status: 200, body: role } : notFound();
  };

  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    count += 1;
    const { status, body } = answer(request);
    const isText = status >= 400 && has('an error is plain text');
    const text = isText ? 'failed' : JSON.stringify(body);
    const isOther = status < 400 && has('a success has another content type');
    const isZero = request.method === 'HEAD' && has('HEAD has a length of zero');
    const headers: Record<string, string | number> = {
      'content-type': isText
        ? 'text/plain'
        : isOther
          ? 'text/json'
          : 'application/json; charset=utf-8',
      'content-length': isZero ? 0 : Buffer.byteLength(text),
    };
    if (!has('x-request-id is missing')) headers['x-request-id'] = `independent-${count}`;
    const isTagged =
      request.headers['if-none-match'] !== undefined && has('If-None-Match is always a 304');
    response.writeHead(isTagged ? 304 : status, headers);
    response.end(request.method === 'HEAD' || isTagged ? undefined : text);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}/v1`, requests },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
