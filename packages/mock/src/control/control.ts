import type * as API from '@org/inspector/api';
import manifest from '../../package.json' with { type: 'json' };
import { type MockRequest, parseTarget } from '../http/request.ts';
import type { MockResponse } from '../http/response.ts';
import { parseJSON } from '../lib/json.ts';
import type { Call } from './call.ts';
import { getChanges, getScript, setMark } from './changes.ts';
import { ControlError, errorResponse, jsonResponse, refusing } from './control-error.ts';
import type { Controls } from './controls.ts';
import {
  addItem,
  getItem,
  listCollections,
  listItems,
  removeItem,
  replaceItem,
  updateItem,
} from './data.ts';
import { serveJSON, serveYAML } from './document.ts';
import { EventStream } from './event-stream.ts';
import { serveAsset, servePage } from './inspector.ts';
import { getRequest, listRequests } from './requests.ts';

type Endpoint = (call: Call) => MockResponse | Promise<MockResponse>;

export interface Control {
  /** Answers a request to a control endpoint. Never rejects. */
  respond(request: MockRequest): Promise<MockResponse>;
  /** Ends event streams. */
  close(): void;
}

export function createControl(mock: Controls): Control {
  const events = new EventStream((listener) => mock.subscribe(listener));
  const endpoints: Record<string, Endpoint> = {
    'GET /_mock': servePage,
    'GET /_mock/assets/{name}': ({ params }) => serveAsset(params['name'] ?? ''),
    'GET /_mock/health': ({ host }) => ok(health(mock, host)),
    'GET /_mock/requests': ({ query }) =>
      ok(listRequests(mock.journal, query) satisfies readonly API.RecordedRequest[]),
    'GET /_mock/requests/{id}': ({ params }) =>
      ok(getRequest(mock.journal, params['id'] ?? '') satisfies API.RecordedRequest),
    'DELETE /_mock/requests': () => {
      mock.clearRequests();
      return ok({ status: 'ok' });
    },
    'GET /_mock/events': () => openStream(events),
    'GET /_mock/openapi.json': async () => serveJSON(await mock.document()),
    'GET /_mock/openapi.yaml': async () => serveYAML(await mock.document()),
    'GET /_mock/operations': () => ok(mock.describe() satisfies API.OperationInfo[]),
    'GET /_mock/faults': () => ok(mock.faults.list() satisfies API.ActiveFault[]),
    'POST /_mock/faults': ({ body }) =>
      jsonResponse(201, { id: refusing(() => mock.faults.add(body())) }),
    'DELETE /_mock/faults': () => {
      mock.faults.clear();
      return ok({ status: 'ok' });
    },
    'DELETE /_mock/faults/{id}': ({ params }) => {
      const id = params['id'] ?? '';
      if (!mock.faults.remove(id)) throw new ControlError(404, `No fault rule has the id '${id}'.`);
      return ok({ status: 'ok' });
    },
    'GET /_mock/data': () => ok(listCollections(mock) satisfies API.CollectionInfo[]),
    'GET /_mock/data/{collection}': (call) => ok(listItems(mock, call) satisfies API.DataPage),
    'POST /_mock/data/{collection}': (call) => jsonResponse(201, addItem(mock, call)),
    'GET /_mock/data/{collection}/{id}': (call) => ok(getItem(mock, call)),
    'PUT /_mock/data/{collection}/{id}': (call) => ok(replaceItem(mock, call)),
    'PATCH /_mock/data/{collection}/{id}': (call) => ok(updateItem(mock, call)),
    'DELETE /_mock/data/{collection}/{id}': (call) => ok(removeItem(mock, call)),
    'GET /_mock/snapshot': () => ok(mock.snapshot()),
    'PUT /_mock/snapshot': ({ body }) => {
      refusing(() => mock.restore(body()));
      return ok({ status: 'ok' });
    },
    'GET /_mock/changes': ({ query }) => ok(getChanges(mock, query) satisfies API.ChangeReport),
    'GET /_mock/changes/script': ({ query }) => getScript(mock, query),
    'GET /_mock/marks': () => ok(mock.marks.names.map((name) => ({ name })) satisfies API.Mark[]),
    'POST /_mock/marks': ({ body }) => jsonResponse(201, setMark(mock, body()) satisfies API.Mark),
    'GET /_mock/sessions': () => ok(mock.sessions() satisfies API.SessionInfo[]),
    'POST /_mock/reset': () => {
      mock.reset();
      return ok({ status: 'ok' });
    },
  };
  const routes = Object.entries(endpoints).map(([name, endpoint]) => ({
    ...parseRoute(name),
    endpoint,
  }));

  return {
    close: () => events.close(),
    async respond(request) {
      let response: MockResponse;
      try {
        response = await answer(request);
      } catch (error) {
        response = explain(error);
      }
      return { ...response, headers: { ...response.headers, ...protection } };
    },
  };

  async function answer({
    method,
    target,
    headers,
    body = '',
  }: MockRequest): Promise<MockResponse> {
    const { path, query } = parseTarget(target);
    const segments = split(path);
    const here = routes.filter((route) => matches(route.segments, segments));
    // HEAD is a GET without its body: tools that wait for a server send it. An event stream would never end.
    const isHead = method === 'HEAD' && path !== '/_mock/events';
    const route = here.find((each) => each.method === (isHead ? 'GET' : method));
    if (route) {
      const params = paramsOf(route.segments, segments);
      return route.endpoint({ params, query, host: headers['host'], body: () => parseBody(body) });
    }
    if (here.length === 0) {
      throw new ControlError(
        404,
        `${path} is not a control endpoint. The endpoints: ${Object.keys(endpoints).join(', ')}.`,
      );
    }
    const allowed = here.map((each) => each.method).join(', ');
    const refused = errorResponse(405, `${path} answers ${allowed}, not ${method}.`);
    return { ...refused, headers: { ...refused.headers, allow: allowed } };
  }
}

/** Nothing that the control endpoints say is kept, sniffed, or shown inside another page. */
const protection = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

function ok(body: unknown): MockResponse {
  return jsonResponse(200, body);
}

/** `url` is the address by which the mock was asked; null without a socket. */
function health({ title, basePath, seed, data }: Controls, host: string | undefined): API.Health {
  const sizes = Object.values(data).map(({ name, size }) => [name, size]);
  const url = host === undefined ? null : `http://${host}${basePath}`;
  const { version } = manifest;
  return {
    status: 'ok',
    title,
    version,
    url,
    basePath,
    seed,
    collections: Object.fromEntries(sizes),
  };
}

function openStream(events: EventStream): MockResponse {
  const body = events.open();
  if (!body)
    throw new ControlError(503, 'Too many clients listen to the events. Close one of them.');
  return { status: 200, headers: { 'content-type': 'text/event-stream' }, body };
}

function parseBody(text: string): unknown {
  try {
    return parseJSON(text);
  } catch (error) {
    const what = text === '' ? 'is empty' : (error as Error).message;
    throw new ControlError(400, `Expected a JSON body: it ${what}.`);
  }
}

/** An error as an answer. */
function explain(error: unknown): MockResponse {
  if (error instanceof ControlError) {
    const { status, message, param, issues } = error;
    return errorResponse(status, message, param, issues);
  }
  return errorResponse(500, `The control endpoint failed: ${(error as Error).message}`);
}

function parseRoute(name: string): { method: string; segments: string[] } {
  const [method = '', path = ''] = name.split(' ');
  return { method, segments: split(path) };
}

/** `/_mock/` is `/_mock`. */
function split(path: string): string[] {
  return path.replace(/\/$/, '').split('/').slice(1);
}

function matches(template: readonly string[], segments: readonly string[]): boolean {
  return (
    template.length === segments.length &&
    template.every((part, i) => part.startsWith('{') || part === segments[i])
  );
}

function paramsOf(
  template: readonly string[],
  segments: readonly string[],
): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [i, part] of template.entries()) {
    if (part.startsWith('{')) params[part.slice(1, -1)] = decode(segments[i] ?? '');
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ControlError(400, `The path has an invalid percent-encoding: '${segment}'.`);
  }
}
