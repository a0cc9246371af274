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
import { parameterNames, plainName, propertyNames } from './page-names.ts';

/** A property of a response, at any depth. */
interface Field {
  path: string[];
  schema: Schema;
}

/** The parameters and properties of a list that are about paging. */
export interface Evidence extends Pick<Paging, 'hasMore' | 'total' | 'pages' | 'link'> {
  /** Query parameters, by the kind of their name. */
  parameters: Partial<Record<keyof typeof parameterNames, ParameterObject>>;
  token: Field | undefined;
  address: Field | undefined;
  lastID: Field | undefined;
}

/** The depth of a property. */
const maxDepth = 3;

export function findEvidence(
  document: Document,
  query: readonly ParameterObject[],
  body: Schema | undefined,
  object: OperationObject,
): Evidence {
  const fields = [...fieldsOf(document, body)];
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
    const found = query.find(({ name }) => names.has(plainName(name)));
    if (found) parameters[kind as keyof typeof parameterNames] = found;
  }
  return {
    parameters,
    token: find(propertyNames.next, (field) => isScalar(field) && !isLink(field)),
    address:
      find(propertyNames.address, (field) => has(field, 'string')) ??
      find(propertyNames.next, (field) => has(field, 'string') && isLink(field)) ??
      hrefOf(document, fields),
    lastID: find(propertyNames.last, isScalar),
    ...(hasMore && { hasMore }),
    ...(total && { total }),
    ...(pages && { pages }),
    ...(hasLinkHeader(document, object) && { link: true }),
  };
}

/** The properties of a body, and of the objects in it that describe the page; nearer ones first. */
function* fieldsOf(document: Document, body: Schema | undefined): Generator<Field> {
  let level: Field[] = [{ path: [], schema: body ?? {} }];
  for (let depth = 0; depth < maxDepth && level.length > 0; depth += 1) {
    const next: Field[] = [];
    for (const holder of level) {
      for (const [name, { schema }] of shapeOf(document, holder.schema)) {
        const field = { path: [...holder.path, name], schema };
        yield field;
        const isHolder = propertyNames.holders.has(plainName(name));
        if (isHolder && typesOf(document, schema).has('object')) next.push(field);
      }
    }
    level = next;
  }
}

/** `_links: { next: { href } }` */
function hrefOf(document: Document, fields: readonly Field[]): Field | undefined {
  const found = fields.find(
    ({ path }) => plainName(path.at(-2) ?? '') === 'next' && path.at(-1) === 'href',
  );
  return found && typesOf(document, found.schema).has('string') ? found : undefined;
}

/** Whether a string is a URL: by its name, its format, the object that holds it, or an example. */
function isAddress(document: Document, { path, schema }: Field): boolean {
  const [holder = '', name = ''] = path.slice(-2).map(plainName);
  if (path.length > 1 && propertyNames.links.has(holder)) return true;
  if (propertyNames.address.has(path.length > 1 ? name : holder)) return true;
  const resolved = deref(document, schema);
  const parts = [resolved, ...(resolved?.anyOf ?? []), ...(resolved?.oneOf ?? [])];
  return parts.some((each) => {
    const { format = '', example, examples = [] } = deref(document, each) ?? {};
    return (
      /^(uri|url|iri)/.test(format) ||
      [example, ...examples].some((one) => typeof one === 'string' && /^(https?:\/)?\//.test(one))
    );
  });
}

/** Whether a successful response has the header `Link`. */
function hasLinkHeader(document: Document, { responses = {} }: OperationObject): boolean {
  return Object.entries(responses).some(
    ([status, response]) =>
      /^2/.test(status) &&
      Object.keys(deref(document, response)?.headers ?? {}).some(
        (name) => name.toLowerCase() === 'link',
      ),
  );
}
