import {
  type Document,
  deref,
  itemsOf,
  type Method,
  methods,
  type OperationObject,
  type PathItem,
  type Schema,
  shapeOf,
} from '@org/openapi';
import { clientMembers } from '../model/client-core.ts';
import { singular } from '../model/names.ts';
import { isSegment, reservedSegments } from '../read/read-operations.ts';

/** An operation of a document, and how its path reads. */
interface Found {
  method: Method;
  object: OperationObject;
  /** The names of the path, without parameters: `['projects', 'users']`. */
  names: string[];
  /** The last part of the path is a parameter. */
  isItem: boolean;
  /** The path ends in the name of a call: `/users.list`. */
  isCall: boolean;
  /** The parameter at the end of the path, or before its last name. */
  param: string | undefined;
  path: string;
}

/** The last segment of a path that is a call: `users.list`. */
const call = /^[a-z]\w*(?:\.[a-z]\w*)+$/i;
/** The names of files, which are not calls: `report.pdf`. */
const extension = /\.(?:json|xml|ya?ml|txt|html?|csv|pdf|js|css|ico|png|svg|zip)$/i;

/** Put before a name that the client already has. The message about such names suggests the same prefix. */
const prefix = 'admin';

/** Last path segments that name an action instead of a resource begin with one of these: `/pets/findByStatus`. */
const verbs =
  /^(?:check|count|download|export|find|get|has|is|list|log(?:in|out)|lookup|query|search|verify)(?![a-z])/;

/**
 * Gives every operation whose id is not a call (`users.list`) an id that is one, from its path and method:
 * `GET /projects/{id}/users` becomes `projects.users.list`. Ids that are calls stay. Changes the document.
 *
 * @returns the new ids, each with the operation's method and path and the id that it had
 */
export function nameOperations(document: Document): NamedOperation[] {
  const operations = findOperations(document);
  const taken = new Taken();
  // The document's own ids take precedence, whatever their order.
  const unnamed = operations.filter(({ object }) => !taken.claim(object.operationId ?? ''));
  return unnamed.map((operation) => {
    const { object, method, path } = operation;
    const given = object.operationId;
    for (const id of candidates(document, operation, operations)) {
      if (!taken.claim(id)) continue;
      object.operationId = id;
      break;
    }
    // The candidates do not end before one is free.
    return { id: object.operationId as string, given, method, path };
  });
}

/** An operation that got an id. */
export interface NamedOperation {
  id: string;
  /** The id that the document has. */
  given: string | undefined;
  method: Method;
  path: string;
}

/** Ids that fit into one tree of resources. */
class Taken {
  readonly #ids = new Set<string>();
  readonly #resources = new Set<string>();

  /** Reserves an id. Returns whether it is a valid method path and was free. */
  claim(id: string): boolean {
    const segments = id.split('.');
    const isCall =
      segments.length > 1 &&
      segments.every((segment) => isSegment(segment) && !reservedSegments.has(segment)) &&
      !clientMembers.includes(segments[0] ?? '');
    const resources = segments.slice(0, -1).map((_, i) => segments.slice(0, i + 1).join('.'));
    if (!isCall || this.#ids.has(id) || this.#resources.has(id)) return false;
    if (resources.some((resource) => this.#ids.has(resource))) return false;
    this.#ids.add(id);
    for (const resource of resources) this.#resources.add(resource);
    return true;
  }
}

function findOperations(document: Document): Found[] {
  const operations: Found[] = [];
  const paths = Object.keys(document.paths ?? {});
  const shared = sharedPrefix(paths);
  for (const path of paths) {
    const item: PathItem = { ...deref(document, document.paths?.[path]) };
    if (document.paths) document.paths[path] = item;
    const segments = path.split('/').filter(Boolean).slice(shared);
    const last = segments.at(-1) ?? '';
    const isCall = call.test(last) && !extension.test(last);
    if (isCall) segments.splice(-1, 1, ...last.split('.'));
    const parts = segments.flatMap(partsOf);
    for (const method of methods) {
      if (!item[method]) continue;
      // Paths that share a path item do not share ids.
      const object = { ...item[method] };
      item[method] = object;
      operations.push({
        method,
        object,
        path,
        names: parts.filter(({ isParam }) => !isParam).map(({ text }) => text),
        isItem: parts.at(-1)?.isParam ?? false,
        isCall,
        param: parts.findLast(({ isParam }) => isParam)?.text,
      });
    }
  }
  return operations;
}

/** The number of meaningless segments that all paths begin with: `/api/v1`. */
function sharedPrefix(paths: readonly string[]): number {
  const [first = [], ...others] = paths.map((path) => path.split('/').filter(Boolean));
  let length = 0;
  while (
    /^(?:api|rest|v\d+(?:\.\d+)*|\d{4}-\d\d(?:-\d\d)?)$/i.test(first[length] ?? '') &&
    others.every((other) => other[length] === first[length])
  )
    length += 1;
  return length;
}

/** `{id}` → a parameter, `users('{id}')` → a name and a parameter, as OData writes it, `{id}:cancel` → a parameter and a name, `users.json` → `users`. */
function partsOf(segment: string): { text: string; isParam: boolean }[] {
  const [, of, key] = /^([^{}()]+)\('?\{([^}]*)\}'?\)$/.exec(segment) ?? [];
  if (of !== undefined && key !== undefined) return [...partsOf(of), { text: key, isParam: true }];
  const [, param = ''] = /\{([^}]*)\}/.exec(segment) ?? [];
  const rest = segment.replaceAll(/\{[^}]*\}/g, ' ').replace(/\.(?:json|xml|ya?ml)$/i, '');
  const isVerb = /^ :?[a-z]/i.test(rest) && segment.includes('}:');
  const parts = param ? [{ text: param, isParam: true }] : [];
  return param && !isVerb ? parts : [...parts, { text: segmentOf(rest), isParam: false }];
}

/** A text as a part of an id: `user-groups` → `userGroups`, `2fa` → `x2fa`. */
function segmentOf(text: string): string {
  const words = text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
  const name = words
    .map((word, i) => (i === 0 ? lowerFirst(word) : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  if (name === '') return 'resource';
  const start = /^\d/.test(name) ? `x${name}` : name;
  return reservedSegments.has(start) ? `${start}Resource` : start;
}

/** `Users` → `users`, `SMSMessages` → `smsMessages`, `API` → `api`. */
function lowerFirst(word: string): string {
  return word.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (letters) => letters.toLowerCase());
}

/** The ids that an operation may get, the best first. Never ends. */
function* candidates(
  document: Document,
  operation: Found,
  all: readonly Found[],
): Generator<string> {
  const { names, object, param } = operation;
  const [tag] = object.tags ?? [];
  const parts = names.length > 0 ? names : [segmentOf(tag ?? 'root')];
  const [first = ''] = parts;
  const whole = clientMembers.includes(first) ? [prefix, ...parts] : parts;
  const action = actionOf(document, operation, all);
  if (action === undefined) {
    // The last name is the action.
    if (whole.length > 1) yield whole.join('.');
    else if (tag !== undefined) yield [segmentOf(tag), ...whole].join('.');
  }
  const base = [...whole, action ?? plainActions[operation.method]].join('.');
  yield base;
  const own = segmentOf(object.operationId ?? '');
  if (object.operationId !== undefined) yield [...whole, own].join('.');
  if (param !== undefined) {
    const by = segmentOf(param);
    yield `${base}By${by.charAt(0).toUpperCase()}${by.slice(1)}`;
  }
  for (let number = 2; ; number += 1) {
    yield `${base}${number}`;
    // If a part of the resource is the id of an operation.
    yield base.replace('.', `${number}.`);
  }
}

const plainActions = {
  get: 'retrieve',
  post: 'create',
  put: 'update',
  patch: 'update',
  delete: 'delete',
} as const;

/** The action for a path; undefined if the path's last segment is the action: `/users/{id}/archive`. */
function actionOf(document: Document, operation: Found, all: readonly Found[]): string | undefined {
  const { method, path, isItem, isCall, names, object } = operation;
  if (isCall) return undefined;
  const beside = all.filter((other) => other.path === path);
  const hasItem = (method: Method) =>
    all.some(
      (other) =>
        other.isItem && other.method === method && other.path.replace(/\/\{[^/]+$/, '') === path,
    );
  if (!isItem && ['put', 'patch', 'delete'].includes(method) && hasItem(method))
    return `${method === 'put' ? 'replace' : plainActions[method]}All`;
  if (method === 'put') return beside.some((one) => one.method === 'patch') ? 'replace' : 'update';
  if (method === 'patch' || method === 'delete') return plainActions[method];
  if (isItem) return method === 'post' ? 'update' : 'retrieve';
  const hasItems = all.some(
    (other) => other.isItem && other.path.replace(/\/\{[^/]+$/, '') === path,
  );
  const last = names.at(-1) ?? '';
  if (method === 'get') {
    if (hasItems) return 'list';
    if (verbs.test(last)) return undefined;
    return isList(document, object) ? 'list' : 'retrieve';
  }
  const isResource =
    hasItems || beside.some((one) => one.method === 'get') || singular(last) !== last;
  return isResource && !verbs.test(last) ? 'create' : undefined;
}

/** Whether a success is an array, or an object with exactly one array of objects. */
function isList(document: Document, { responses }: OperationObject): boolean {
  const [, success] = Object.entries(responses ?? {}).find(([code]) => /^2/.test(code)) ?? [];
  const media = Object.entries(deref(document, success)?.content ?? {}).find(([type]) =>
    /json/i.test(type),
  );
  const schema: Schema | undefined = media?.[1].schema;
  if (itemsOf(document, schema)) return true;
  const lists = [...shapeOf(document, schema).values()].filter((property) => {
    const items = itemsOf(document, property.schema);
    return items && shapeOf(document, items).size > 0;
  });
  return lists.length === 1;
}
