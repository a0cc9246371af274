import type { PrismHttpComponents } from '@stoplight/prism-http';
import { memoize, memoizeFrozen } from '../engine/memoize.ts';
import { prismMocker } from '../engine/mocker.ts';
import { listParameter, listUsers } from '../engine/operations.ts';
import type { Diagnostic } from '../engine/prism.ts';
import { invalidParameter, violationResponse } from '../errors.ts';
import type { DirectoryPage, UserDirectory } from './directory.ts';

const limitSchema = listParameter('limit');

/**
 * Prism's `mock` component for this API. A request that breaks the contract gets the API's error body, the list is
 * answered from the directory, and everything else goes to Prism's own mocker: other operations, and requests that
 * prefer a certain code or example.
 */
export function createUsersMock(
  directory: UserDirectory,
  memoized: boolean,
): PrismHttpComponents['mock'] {
  const bodyOf = memoized ? memoize(createBody, pageKey()) : createBody;
  return (call) => (logger) => {
    const { resource, input, config } = call;
    const preferred =
      config.code !== undefined || config.exampleKey !== undefined || config.dynamic;
    const violations = input.validations as Diagnostic[];
    if (!preferred && violations.some(({ severity }) => severity === 0)) {
      const { status, body } = violationResponse(violations, resource);
      return respond(status, body);
    }
    if (preferred || resource !== listUsers) return prismMocker(call)(logger);
    if (!acceptsJSON(input.data.headers?.['accept'])) {
      // Prism negotiates what else may do: where it refuses, so do we.
      const negotiated = prismMocker(call)(logger);
      if (negotiated._tag === 'Left') return negotiated;
    }
    return list(input.data.url.query ?? {});
  };

  function list(query: Record<string, string | string[]>) {
    const after = query['after'] === undefined ? undefined : String(query['after']);
    const emails = query['emails'] === undefined ? undefined : [query['emails']].flat();
    const limit = readLimit(query['limit']);
    if (limit === undefined)
      return respond(400, invalidParameter('limit', 'it must be a whole number'));
    const page = directory.page({ after, emails, limit });
    if (!page) {
      return respond(
        400,
        invalidParameter('after', 'no user has or had the id that the cursor names'),
      );
    }
    return respond(200, bodyOf(page));
  }
}

/** The body of a page. Its users are frozen, and so is it. */
function createBody({ users, hasMore }: DirectoryPage): object {
  return Object.freeze({
    object: 'list',
    data: Object.freeze(users),
    first_id: users[0]?.id ?? null,
    last_id: users.at(-1)?.id ?? null,
    has_more: hasMore,
  });
}

/** Names a page by its users, of which each has a number: a user that changes is another object with another one. */
function pageKey(): (page: DirectoryPage) => string {
  let count = 0;
  const numberOf = memoizeFrozen(() => {
    count += 1;
    return count;
  });
  return ({ users, hasMore }) => `${hasMore} ${users.map(numberOf).join(' ')}`;
}

/** Prism has checked the bounds, but hands over the text: `10`, `1e1` and `10.0` are the same number to it. */
function readLimit(given: string | string[] | undefined): number | undefined {
  const limit = given === undefined || given === '' ? Number(limitSchema.default) : Number(given);
  return Number.isInteger(limit) ? limit : undefined;
}

function acceptsJSON(accept: string | undefined): boolean {
  return accept === undefined || accept === '*/*' || accept === 'application/json';
}

function respond(statusCode: number, body: object) {
  const right = { statusCode, headers: { 'content-type': 'application/json' }, body };
  return { _tag: 'Right' as const, right };
}
