import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Mutant } from './independent-mutants.ts';

/**
 * A second implementation of the API, made from its description and not from the mock.
 * `mutant` puts one mistake in.
 */
export interface IndependentServer extends AsyncDisposable {
  url: string;
  /** The methods and paths of the requests, in order. */
  requests: string[];
}

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
  givenUsers: readonly User[],
  givenRoles: Readonly<Record<string, readonly Role[]>>,
  mutant?: Mutant,
): Promise<IndependentServer> {
  const has = (name: Mutant) => mutant === name;
  let users = [...givenUsers];
  const rolesOf: Record<string, readonly Role[]> = { ...givenRoles };
  /** The ids of all users and roles that are or were there, in order: cursors outlive what they name. */
  const orderOf = (items: readonly { id: string }[]) => items.map(({ id }) => id);
  const userOrder = orderOf(users);
  const roleOrders = new Map(Object.entries(rolesOf).map(([id, roles]) => [id, orderOf(roles)]));
  const removed: User[] = [];
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
    if (has('an error has the status 422') && status === 400) status = 422;
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
    if (!isNumber && has('a limit that is not a number is the default')) return usual;
    const low = has('a limit of zero is accepted') ? 0 : least;
    const high = has('a limit above the largest is accepted') ? most * 2 : most;
    const limit = Number(text);
    if (has('the largest limit is refused') && limit === most) return undefined;
    return isNumber && limit >= low && limit <= high ? limit : undefined;
  };

  /** The items of a page, and whether more follow. `order` has the ids that a cursor may name. */
  const cut = <T extends { id: string }>(
    items: readonly T[],
    order: readonly string[],
    after: string | null,
    limit: number,
  ) => {
    const position = after ? order.indexOf(after) : -1;
    const isUnknown = Boolean(after) && position < 0;
    if (isUnknown && !has('an unknown cursor starts at the beginning')) return undefined;
    const index = items.findIndex(({ id }) => order.indexOf(id) > position);
    let start = index < 0 ? items.length : index;
    const isRemoved = after && !items.some(({ id }) => id === after);
    if (isRemoved && has('a cursor skips one after a removal')) start += 1;
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
    if (has('numbers are texts')) return { ...user, added_at: String(user['added_at']) };
    if (!has('a null is left out')) return user;
    return Object.fromEntries(Object.entries(user).filter(([, value]) => value !== null));
  };

  const listUsers = (query: URLSearchParams): Reply => {
    const limit = readLimit(query, 1, 100, has('the default limit is ten') ? 10 : 20);
    if (limit === undefined) return fail(400, 'invalid_parameter', 'limit');
    const after = query.get('after');
    if (after === '' && has('an empty cursor is refused'))
      return fail(400, 'invalid_parameter', 'after');
    const isLater = has('the limit is ignored after the first page') && after;
    let emails = query
      .getAll('emails')
      .map((email) => (has('emails are compared with case') ? email : email.toLowerCase()));
    if (has('the emails filter has no effect')) emails = [];
    if (has('the emails filter takes the first value alone')) emails = emails.slice(0, 1);
    if (has('the emails filter is forgotten on the second page') && after) emails = [];
    const wanted = users.filter(
      ({ email }) =>
        emails.length === 0 ||
        (has('a user without an email is found by any filter') && email === null) ||
        (has('the emails filter matches parts') &&
          emails.some((e) => email?.toLowerCase().includes(e.slice(0, 4)))) ||
        emails.includes(
          (has('emails are compared with case') ? email : email?.toLowerCase()) ?? '',
        ),
    );
    const all =
      wanted.length === 0 && has('an email that nobody has finds everybody') ? users : wanted;
    let items = has('the order is reversed') ? [...all].reverse() : all;
    if (has('a page skips an item without a name') && after)
      items = items.filter(({ name }) => name !== null);
    const order = has('the order is reversed') ? [...userOrder].reverse() : userOrder;
    const found = cut(items, order, after, isLater ? 20 : limit);
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

  const listRoles = (userID: string, roles: readonly Role[], query: URLSearchParams): Reply => {
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
    const ids = roleOrders.get(userID) ?? [];
    const found = isReversed
      ? cut([...roles].reverse(), [...ids].reverse(), cursor, limit)
      : cut(roles, ids, cursor, limit);
    if (!found) return fail(400, 'invalid_parameter', 'after');
    const { page } = found;
    const hasMore = isReversed && has('order=desc has another has_more') ? true : found.hasMore;
    const last = has('the next cursor repeats the last item') ? page.at(-2) : page.at(-1);
    const next = hasMore && last ? Buffer.from(`role:${last.id}`).toString('base64url') : null;
    const given = has('the next cursor is missing') ? null : next;
    return { status: 200, body: { object: 'list', data: page, has_more: hasMore, next: given } };
  };

  const change = (user: User | undefined, body: Record<string, unknown>): Reply => {
    const isText = (value: unknown) =>
      value === undefined || value === null || typeof value === 'string';
    const names = ['role', 'role_id', 'technical_level', 'developer_persona'];
    const wrong = names.find((name) => !isText(body[name]));
    if (wrong && !has('a change with an invalid role is accepted'))
      return fail(400, 'invalid_parameter', wrong);
    if (!user && has('a change of an unknown user is accepted'))
      return { status: 200, body: users[0] };
    if (!user) return notFound();
    const { role_id: _, ...changes } = body;
    if (has('a null in a change is ignored'))
      for (const [name, value] of Object.entries(changes)) if (value === null) delete changes[name];
    const { name: _name, ...lost } = user;
    const base =
      has('a change of one property forgets the others') && Object.keys(changes).length > 0
        ? lost
        : user;
    const changed = { ...base, ...changes } as User;
    if (!has('a change is forgotten')) users = users.map((one) => (one === user ? changed : one));
    const answered = has('a change answers with the user before it') ? user : changed;
    return { status: 200, body: answered };
  };

  const remove = (id: string): Reply => {
    const user = users.find((one) => one.id === id);
    const isGone = removed.some((one) => one.id === id);
    if (!user && !(isGone && has('a second removal succeeds'))) return notFound();
    if (has('the last user cannot be removed') && user && users.at(-1) === user) return notFound();
    if (user && has('a removal removes the user after it as well')) {
      const next = users[users.indexOf(user) + 1];
      users = users.filter((one) => one !== next);
    }
    if (user) removed.push(user);
    if (!has('a removed user is still there')) users = users.filter((one) => one !== user);
    return {
      status: 200,
      body: {
        object: 'organization.user.deleted',
        id,
        deleted: !has('a removal answers with deleted: false'),
      },
    };
  };

  const assign = (user: User, { role_id: id }: Record<string, unknown>): Reply => {
    const isMissing = typeof id !== 'string';
    if (isMissing && !has('an assignment needs no role'))
      return fail(400, 'invalid_parameter', 'role_id');
    const kind = { name: 'A role', description: null, resource_type: 'api.organization' };
    const role = { ...kind, id: String(id), permissions: [], predefined_role: false };
    if (!has('an assignment is forgotten')) {
      rolesOf[user.id] = [
        ...(rolesOf[user.id] ?? []),
        role,
        ...(has('an assignment is listed twice') ? [{ ...role }] : []),
      ];
      roleOrders.set(user.id, [...(roleOrders.get(user.id) ?? []), role.id]);
    }
    return { status: 200, body: { object: 'user.role', user, role: { object: 'role', ...role } } };
  };

  const answer = (request: IncomingMessage, body: Record<string, unknown>): Reply => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
    if (has('HEAD is a 404') && request.method === 'HEAD') return notFound();
    const [, version, organization, collection, ...rest] = pathname.split('/');
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const isKnown = version === 'v1' && organization === 'organization' && collection === 'users';
    const isPath = rest.length <= 1 || (rest[1] === 'roles' && rest.length <= 3);
    const isWrite = request.method === (rest.length === 2 ? 'POST' : 'DELETE');
    const isMethod = isRead || isWrite || (request.method === 'POST' && rest.length === 1);
    if (!isMethod || !isKnown || !isPath || (rest.length === 0 && !isRead))
      return has('an unknown path is an empty list')
        ? { status: 200, body: { object: 'list', data: [] } }
        : notFound();
    if (has('a missing key is a 403') && request.headers.authorization === undefined)
      return fail(403, 'insufficient_permissions');
    if (
      !isAllowed(request) &&
      has('the wrong key sees an empty list') &&
      request.headers.authorization
    )
      return {
        status: 200,
        body: { object: 'list', data: [], first_id: null, last_id: null, has_more: false },
      };
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
    if (!isRead && rest.length === 1)
      return request.method === 'DELETE' ? remove(userID) : change(user, body);
    if (!user && has('an unknown user is a 400')) return fail(400, 'invalid_parameter', 'user_id');
    if (!user && rest.length === 2 && has('an unknown user has an empty list of roles'))
      return listRoles(userID, [], query);
    const gone = removed.find(({ id }) => id === userID);
    if (gone && has('the roles of a removed user are still there'))
      return listRoles(userID, rolesOf[userID] ?? [], query);
    if (!user && has('HEAD of an unknown user is a 200') && request.method === 'HEAD')
      return { status: 200, body: users[0] };
    if (!user) return notFound();
    if (!isRead && rest.length === 2) return assign(user, body);
    if (rest.length === 1) {
      const { email, ...others } = user;
      return {
        status: 200,
        body: shown(has('a user has a property less than in the list') ? (others as User) : user),
      };
    }
    const roles = rolesOf[user.id] ?? [];
    if (
      has('a role is a 404 that its list has') &&
      rest.length === 3 &&
      roles.at(-1)?.id === roleID &&
      isRead &&
      roles.length > 1
    )
      return notFound();
    if (rest.length === 2) return listRoles(user.id, roles, query);
    const below = has('a role is found below any user') ? Object.values(rolesOf).flat() : roles;
    const role = below.find(({ id }) => id === roleID);
    if (!role || isRead) return role ? { status: 200, body: role } : notFound();
    rolesOf[user.id] = roles.filter((one) => one !== role);
    return { status: 200, body: { object: 'user.role.deleted', deleted: true } };
  };

  const server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    count += 1;
    const sent = await text(request);
    const { status, body } = answer(request, sent ? JSON.parse(sent) : {});
    const isText = status >= 400 && has('an error is plain text');
    const written = isText ? 'failed' : JSON.stringify(body);
    const isOther = status < 400 && has('a success has another content type');
    const isZero = request.method === 'HEAD' && has('HEAD has a length of zero');
    const headers: Record<string, string | number> = {
      'content-type': isText
        ? 'text/plain'
        : isOther
          ? 'text/json'
          : 'application/json; charset=utf-8',
      'content-length': isZero ? 0 : Buffer.byteLength(written),
    };
    if (!has('x-request-id is missing')) headers['x-request-id'] = `independent-${count}`;
    const isTagged =
      request.headers['if-none-match'] !== undefined && has('If-None-Match is always a 304');
    response.writeHead(isTagged ? 304 : status, headers);
    response.end(request.method === 'HEAD' || isTagged ? undefined : written);
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
