/** A difference from the official package that is on purpose: a row of the migration guide. */
export interface Difference {
  what: string;
  openai: string;
  ours: string;
}

/** By the word that programs name it by (`differs: arrays`). A test compares them with the migration guide. */
export const differences: Record<string, Difference> = {
  arrays: {
    what: 'arrays in a query or a form',
    openai: '`emails[]=a&emails[]=b`',
    ours: "`emails=a&emails=b`, as the API documents it; `arrayFormat: 'brackets'` for the other",
  },
  'at-sign': {
    what: "`'a@b'` as an id in a path",
    openai: 'sent as `a@b`',
    ours: 'percent-encoded: `a%40b`',
  },
  'page-json': {
    what: '`JSON.stringify(page)`',
    openai: "contains the request's headers",
    ours: "returns the server's body",
  },
  'page-request-id': {
    what: '`_request_id` of a page',
    openai: '`undefined`',
    ours: 'the id of the request',
  },
  'null-query': {
    what: '`null` in a query or a form',
    openai: 'sent as an empty value',
    ours: 'not sent; removes a default',
  },
  'query-set': {
    what: 'a `Set` or a `Map` in a query',
    openai: 'is left out: everything is listed',
    ours: 'throws an error that names the parameter',
  },
  'merged-query': {
    what: '`options.query` of a list',
    openai: "replaces the list's own query",
    ours: "is merged with the list's own query",
  },
  slash: {
    what: "`client.get('path')` without a slash",
    openai: 'joined without one: `…/v1path`',
    ours: 'joined with a slash',
  },
  'empty-id': {
    what: 'an id that is empty, `.` or `..`',
    openai: 'is sent, or throws after the call has started',
    ours: 'throws before the call starts',
  },
  'missing-body': {
    what: 'a body that is missing, in JavaScript',
    openai: 'the request is sent without one',
    ours: 'throws before the call starts',
  },
  'not-json': {
    what: 'a successful response that is not JSON or not a list',
    openai: 'no data, or a `TypeError`',
    ours: 'throws an `InvalidResponseError`',
  },
  'json-text': {
    what: 'an error whose body is JSON, but not an object',
    openai: 'no message, or no `error`',
    ours: 'the value is the message and `error`',
  },
  'error-name': {
    what: '`error.name` and `String(error)`',
    openai: '`Error`',
    ours: "the class's name",
  },
  'no-content': { what: 'a 204', openai: '`null`', ours: '`undefined`' },
  'json-as-text': {
    what: 'JSON under another content type',
    openai: 'a string',
    ours: 'parsed, where the document or the type (`text/json`) promises JSON',
  },
  'empty-page': {
    what: 'an empty page with `has_more: true`',
    openai: 'ends the list early',
    ours: 'continues with the next page',
  },
  loop: {
    what: 'a repeated cursor',
    openai: 'loops forever',
    ours: 'throws an error that names the cursor',
  },
  'no-cursor': {
    what: 'no cursor (`last_id`, `next`) and `has_more: true`',
    openai: 'ends the list early',
    ours: "continues after the last item's `id`, or throws",
  },
  'long-wait': {
    what: '`Retry-After` of more than a minute',
    openai: 'retries sooner',
    ours: 'throws at once, with `retryAfter`; see `maxRetryAfter`',
  },
  printing: {
    what: 'printing a client',
    openai: 'shows the key',
    ours: 'shows no key',
  },
  'raw-key': {
    what: '`client.get` and its siblings, with an admin key alone',
    openai: 'throw: they need `apiKey`',
    ours: 'send the admin key',
  },
  'next-options': {
    what: '`nextPageRequestOptions()`',
    openai: 'has an internal `__security`',
    ours: 'has what a request needs',
  },
  key: { what: '`client.adminAPIKey`', openai: 'the key', ours: '`undefined`' },
  'bad-url': {
    what: 'an invalid `baseURL`',
    openai: 'fails at the first call',
    ours: 'throws at construction',
  },
  'bad-count': {
    what: 'an invalid `maxRetries` or `timeout`',
    openai: 'silently replaced, or fails at the first call',
    ours: 'throws an error with the expected values',
  },
  idempotency: {
    what: 'retries of POST, PATCH and DELETE',
    openai: 'without a key',
    ours: 'with the same `Idempotency-Key` for all attempts',
  },
  'cut-off': {
    what: 'a body that is cut off',
    openai: 'an error of the platform',
    ours: 'is retried, then throws an `InvalidResponseError`',
  },
  'last-page': {
    what: '`getNextPage()` if `hasNextPage()` is `false`',
    openai: 'asks for another page',
    ours: 'throws an error',
  },
  'page-fields': {
    what: '`object` and `first_id` of a page',
    openai: '`undefined`',
    ours: 'what the server sent',
  },
  'error-fields': {
    what: 'own properties of an error',
    openai: '`status`, `headers`, `error`, `code`, `param`, `type`, `requestID`',
    ours: 'also `method`, `url`, `attempts`, `retryAfter`',
  },
  'query-marks': {
    what: '`!`, `(`, `)` and `*` in a query',
    openai: 'percent-encoded',
    ours: 'sent as they are, which servers read alike',
  },
  'falsy-body': {
    what: "a `body` that is `''`, `0` or `false`",
    openai: 'not sent',
    ours: 'sent as JSON',
  },
  'undefined-body': {
    what: '`body: undefined` in the options',
    openai: 'sends a `content-type` without a body',
    ours: 'sends neither',
  },
};
