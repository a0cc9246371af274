import type { Query } from '../http/request.ts';
import { ControlError } from './control-error.ts';
import { type Journal, type RecordedRequest, type RequestSummary, summarize } from './journal.ts';
import { booleanParam, limitParam, onlyParams, textParam } from './parameters.ts';

/**
 * Requests of the journal, oldest first. `limit` alone gives the last ones, with `after` the first ones after that
 * request, so that a program can ask for what is new. `summary` leaves the bodies out.
 */
export function listRequests(
  journal: Journal,
  query: Query,
): readonly (RecordedRequest | RequestSummary)[] {
  onlyParams(query, ['limit', 'after', 'summary']);
  const requests = select(journal, query);
  return booleanParam(query, 'summary') ? requests.map(summarize) : requests;
}

function select(journal: Journal, query: Query): readonly RecordedRequest[] {
  const limit = limitParam(query, Number.POSITIVE_INFINITY, 20_000);
  const after = textParam(query, 'after');
  if (after === undefined) {
    return limit === Number.POSITIVE_INFINITY ? journal.entries : journal.entries.slice(-limit);
  }
  const index = journal.entries.findLastIndex(({ id }) => id === after);
  if (index < 0) {
    throw new ControlError(
      400,
      `The journal has no request '${after}': it may have been cleared, or the request dropped for newer ones.`,
      'after',
    );
  }
  return journal.entries.slice(index + 1, index + 1 + limit);
}

/** One request, with its bodies. */
export function getRequest(journal: Journal, id: string): RecordedRequest {
  const request = journal.entries.findLast((entry) => entry.id === id);
  if (!request) throw new ControlError(404, `The journal has no request '${id}'.`);
  return request;
}
