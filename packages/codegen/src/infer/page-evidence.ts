import {
  type Document,
  deref,
  type OperationObject,
  type ParameterObject,
  type Schema,
  shapeOf,
  typesOf,
} from '@org/openapi';
import type { Paging } from '../model/model.ts';
import { parameterName, parameterNames, plainName, propertyNames } from './page-names.ts';

/** A property of a response, at any depth. */
interface Field {
  path: string[];
  schema: Schema;
}

/** The parameters and properties of a list that are about paging. */
export interface Evidence extends Pick<Paging, 'hasMore' | 'total' | 'pages' | 'link'> {
  /** Query parameters, by the kind of their name. */
  parameters: Partial<Record<keyof typeof parameterNames, ParameterObject>>;
  /** The value of the next page's parameter; the parameter, if the response names it: `next_offset`, `next.page`. */
  token: (Field & { parameter?: ParameterObject }) | undefined;
  address: Field | undefined;
  lastID: Field | undefined;
  /** The number of this page. */
  current: string[] | undefined;
  /** A flag of the last page. */
  isLast: string[] | undefined;
  /** A header of the response that leads on, besides `Link`. */
  header: string | undefined;
  /** A header with the number of pages. */
  countHeader: string | undefined;
  /** A property that leads on under a name that no class knows: `nextStartKey`. */
  unknown: Field | undefined;
}

const { cursor, after, number, offset } = parameterNames;
const positionNames = new Set([...cursor, ...after, ...number, ...offset]);

/** Names of what leads to more items. A token for later changes, such as Google's `nextSyncToken`, does not. */
const unknownNext =
  /^next(?!sync|delta)\w*(?:cursor|token|key|id|marker|page|start|offset|position|pointer)$|^lastevaluated(?:key|id)$/;

/** The depth of a property. */
const maxDepth = 3;

export function findEvidence(
  document: Document,
  query: readonly ParameterObject[],
  body: Schema | undefined,
  object: OperationObject,
  items: readonly string[],
): Evidence {
  const fields = [...fieldsOf(document, body, items)];
  const find = (names: ReadonlySet<string>, fits: (field: Field) => boolean): Field | undefined => {
    // The names are ordered by certainty.
    for (const name of names) {
      const found = fields.find((each) => plainName(each.path.at(-1) ?? '') === name && fits(each));
      if (found) return found;
    }
    return undefined;
  };
  const has = ({ schema }: Field, ...types: string[]) => {
    const found = typesOf(document, schema);
    return found.size === 0 || types.some((type) => found.has(type));
  };
  const isScalar = (field: Field) => has(field, 'string', 'integer', 'number');
  const isCount = (field: Field) => has(field, 'integer', 'number');
  const isLink = (field: Field) => isAddress(document, field);
  const path = (field: Field | undefined) => (field ? field.path : undefined);
  const hasMore = path(find(propertyNames.hasMore, (field) => has(field, 'boolean', 'string')));
  const total = path(find(propertyNames.total, isCount));
  const pages = path(find(propertyNames.pages, isCount));
  const parameters: Evidence['parameters'] = {};
  for (const [kind, names] of Object.entries(parameterNames)) {
    const found = query.find(
      ({ name, schema }) =>
        names.has(parameterName(name)) && !typesOf(document, schema).has('boolean'),
    );
    if (found) parameters[kind as keyof typeof parameterNames] = found;
  }
  const [first, max] = ['first', 'max'].map((name) => query.find((each) => each.name === name));
  if (first && max) parameters.offset ??= first;
  // Beside a size, numbers of these names ask for a page; alone, they may be anything.
  const countOf = (wanted: string) =>
    query.find(({ name, schema }) => name === wanted && typesOf(document, schema).has('integer'));
  if (parameters.size) {
    const [from, p] = ['from', 'p'].map(countOf);
    if (from) parameters.offset ??= from;
    if (p) parameters.number ??= p;
  }
  const { cursor, after, number, offset } = parameters;
  const isToken = (field: Field) => isScalar(field) && !isLink(field);
  const named = [cursor, after, number, offset].flatMap((parameter) => {
    const field =
      parameter &&
      fields.find((each) => isToken(each) && isNextOf(each, parameterName(parameter.name)));
    return field ? [{ ...field, parameter }] : [];
  });
  // The value of a parameter that the list does not have.
  const isUnasked = (field: Field) =>
    isToken(field) && [...positionNames].some((name) => isNextOf(field, name));
  const headers = headersOf(document, object);
  return {
    parameters,
    token: named[0] ?? find(propertyNames.next, isToken) ?? fields.find(isUnasked),
    address:
      find(propertyNames.address, (field) => has(field, 'string')) ??
      find(propertyNames.next, (field) => has(field, 'string') && isLink(field)) ??
      fields.find(
        (field) => has(field, 'string') && leadsOn(field, /^next\w*(?:ur[il]|link|href)$/),
      ) ??
      hrefOf(document, fields),
    lastID: find(propertyNames.last, isScalar),
    ...(hasMore && { hasMore }),
    ...(total && { total }),
    ...(pages && { pages }),
    current: path(find(propertyNames.current, isCount)),
    ...(headers.some((name) => /^link$/i.test(name)) && { link: true }),
    unknown: fields.find((field) => isScalar(field) && leadsOn(field, unknownNext)),
    isLast: path(find(propertyNames.isLast, (field) => has(field, 'boolean'))),
    header: headers.find((name) =>
      /(?:^|-)(?:next|continuation|cursor|has-more)(?:-|$)/i.test(name),
    ),
    countHeader: headers.find((name) => /(?:^|-)(?:total-?pages|page-?count)$/i.test(name)),
  };
}

/** The properties of a body, and of the objects in it that describe the page or hold its items; nearer ones first. */
function* fieldsOf(
  document: Document,
  body: Schema | undefined,
  items: readonly string[],
): Generator<Field> {
  let level: Field[] = [{ path: [], schema: body ?? {} }];
  for (let depth = 0; depth < maxDepth && level.length > 0; depth += 1) {
    const next: Field[] = [];
    for (const holder of level) {
      for (const [name, { schema }] of shapeOf(document, holder.schema)) {
        const field = { path: [...holder.path, name], schema };
        yield field;
        const isHolder =
          propertyNames.holders.has(plainName(name)) ||
          field.path.every((key, i) => key === items[i]);
        if (isHolder && typesOf(document, schema).has('object')) next.push(field);
      }
    }
    level = next;
  }
}

/** Whether a property has the value of a parameter for the next page: `next_offset`, `next: { offset }`. */
function isNextOf({ path }: Field, name: string): boolean {
  const [holder = '', own = ''] = ['', ...path].slice(-2).map(plainName);
  return own === `next${name}` || (own === name && propertyNames.nextHolders.has(holder));
}

/** Whether the last part of a property's path is one of these names. */
function leadsOn({ path }: Field, names: RegExp): boolean {
  return names.test(plainName(path.at(-1) ?? ''));
}

/** `_links: { next: { href } }` */
function hrefOf(document: Document, fields: readonly Field[]): Field | undefined {
  const found = fields.find(
    ({ path }) =>
      propertyNames.nextHolders.has(plainName(path.at(-2) ?? '')) &&
      /^(?:href|ur[il]|link)$/i.test(path.at(-1) ?? ''),
  );
  return found && typesOf(document, found.schema).has('string') ? found : undefined;
}

/** Whether a string is a URL: by its name, its format, the object that holds it, its description or an example. */
function isAddress(document: Document, { path, schema }: Field): boolean {
  const [holder = '', name = ''] = path.slice(-2).map(plainName);
  if (path.length > 1 && propertyNames.links.has(holder)) return true;
  if (propertyNames.address.has(path.length > 1 ? name : holder)) return true;
  const resolved = deref(document, schema);
  const parts = [resolved, ...(resolved?.anyOf ?? []), ...(resolved?.oneOf ?? [])];
  return parts.some((each) => {
    const { format = '', example, examples = [], description = '' } = deref(document, each) ?? {};
    return (
      /^(uri|url|iri)/.test(format) ||
      (/\bur[il]\b/i.test(description) && !/\b(?:cursor|token)\b/i.test(description)) ||
      [example, ...examples].some((one) => typeof one === 'string' && /^(https?:\/)?\//.test(one))
    );
  });
}

/** The names of the headers of successful responses. */
function headersOf(document: Document, { responses = {} }: OperationObject): string[] {
  return Object.entries(responses).flatMap(([status, response]) =>
    /^2/.test(status) ? Object.keys(deref(document, response)?.headers ?? {}) : [],
  );
}
