// What the hand-written core of the client has: the generator refers to it by name. Tests of the scripts compare this
// table with the client (the client's own tests cannot: the mock depends on the client, and on this package).

/** What the client's package exports for every document. */
export const clientExports: readonly string[] = (
  'APIConnectionError APIConnectionTimeoutError APIError APIPromise APIResource APIUserAbortError AbstractPage ArrayFormat ' +
  'AuthenticationError BadRequestError BaseClient ClientError ClientOptions ConflictError ConversationCursorPage ' +
  'ConversationCursorPageParams ConversationCursorPageResponse CursorPage CursorPageParams CursorPageResponse ' +
  'DEFAULT_TIMEOUT ErrorBody ErrorObject Fetch FetchOptions FinalRequestOptions HeadersLike InternalServerError ' +
  'InvalidResponseError KeySource LinkPage LogLevel Logger NextCursorPage NextCursorPageParams NextCursorPageResponse ' +
  'NotFoundError NumberedPage OffsetPage OperationTypes Page PageClass PagePromise PageRequestOptions PageResponse ' +
  'PermissionDeniedError QueryOrOptions RateLimitError RequestOptions ResourceClient RetryEvent UnprocessableEntityError ' +
  'WithRequestID WithResponse'
).split(' ');

/**
 * The members of the client, whose names resources cannot have.
 */
export const clientMembers: readonly string[] = [
  ...['get', 'post', 'put', 'patch', 'delete', 'request', 'getAPIList', 'requestAPIList'],
  ...['buildURL', 'prepareOptions', 'prepareRequest', 'withOptions', '_call', '_list'],
  ...['baseURL', 'fetchOptions', 'organization', 'project', 'timeout', 'maxRetries', 'retryUnsafe'],
  ...['maxRetryAfter', 'maxResponseSize', 'arrayFormat', 'logLevel', 'logger'],
];

/** The options of a client besides keys and headers. */
export const clientOptions: readonly string[] = [
  ...['baseURL', 'timeout', 'maxRetries', 'retryUnsafe', 'maxRetryAfter', 'onRetry'],
  ...['maxResponseSize', 'defaultHeaders', 'defaultQuery', 'arrayFormat', 'fetch', 'fetchOptions'],
  ...['logger', 'logLevel', 'dangerouslyAllowBrowser'],
];

/**
 * The client's request options, by name: the core has to be told of query parameters that are called the same.
 */
export const requestOptions = [
  'body',
  'headers',
  'query',
  'timeout',
  'maxRetries',
  'signal',
  'idempotencyKey',
  'prefetch',
  'fetchOptions',
  'defaultBaseURL',
] as const;

/** The client's error classes by status. */
export const errorClasses: Readonly<Record<string, string>> = {
  400: 'BadRequestError',
  401: 'AuthenticationError',
  403: 'PermissionDeniedError',
  404: 'NotFoundError',
  409: 'ConflictError',
  422: 'UnprocessableEntityError',
  429: 'RateLimitError',
};

/** Types of the client's core that the official package has in its namespace, by the file that exports them. */
export const namespaceTypes: Readonly<Record<string, readonly string[]>> = {
  'abstract-page': ['PagePromise'],
  errors: ['ErrorObject'],
  log: ['Logger', 'LogLevel'],
  options: ['ClientOptions', 'RequestOptions'],
  page: [
    'ConversationCursorPage',
    'ConversationCursorPageParams',
    'ConversationCursorPageResponse',
    'CursorPage',
    'CursorPageParams',
    'CursorPageResponse',
    'NextCursorPage',
    'NextCursorPageParams',
    'NextCursorPageResponse',
    'Page',
    'PageResponse',
  ],
  promise: ['APIPromise'],
};

/** The page classes of the official package, which are static properties of its client as well. */
export const staticPages: readonly string[] = [
  'ConversationCursorPage',
  'CursorPage',
  'NextCursorPage',
  'Page',
];
