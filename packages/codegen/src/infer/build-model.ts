import {
  type Document,
  deref,
  itemsOf,
  type Locate,
  type MediaType,
  type ParameterObject,
  Problems,
  refuseExcess,
  refuseForeignReferences,
  type Schema,
  schemaName,
  shapeOf,
  typesOf,
  valuesOf,
  withoutNull,
} from '@org/openapi';
import type { Model, Operation, Parameter, Result } from '../model/model.ts';
import { argumentName, quote, typeName } from '../model/names.ts';
import { resolveAnchors } from '../read/anchors.ts';
import { readAnyMediaAsJSON } from '../read/any-media.ts';
import { bindDynamicReferences } from '../read/dynamic-references.ts';
import { repairEmptyParts } from '../read/empty-parts.ts';
import { repairHTTPNames } from '../read/http-names.ts';
import { joinSiblings } from '../read/join-siblings.ts';
import { isForm } from '../read/media-types.ts';
import { moveTargets } from '../read/move-targets.ts';
import { repairPaths } from '../read/path-templates.ts';
import { propertyOf } from '../read/read-client.ts';
import { checkIds, readOperations, type SourceOperation } from '../read/read-operations.ts';
import { basePathOf } from '../read/server-address.ts';
import { refuseUnusableNames } from '../read/unusable-names.ts';
import { isObjectBody, refuseClashes } from './argument-clashes.ts';
import { buildTree } from './build-tree.ts';
import { applyMock, checkProperties } from './check-mock.ts';
import { findCollections } from './find-collections.ts';
import { type Inferred, inferBehaviors } from './infer-behavior.ts';
import { describeParameters, queryParameters } from './list-parameters.ts';
import { type NamedOperation, nameOperations } from './name-operations.ts';
import {
  type CallName,
  nameCalls,
  nameInlineSchemas,
  needsParams,
  referencedType,
} from './name-types.ts';
import { splitPageObjects } from './page-objects.ts';
import { readStyle } from './parameter-style.ts';
import { readAuth } from './read-auth.ts';
import { acceptOf, readResult } from './read-result.ts';
import { writableNames } from './read-write.ts';

export { ignoredHeaders } from '../read/read-operations.ts';

/** A model, and the document as the emitters read it: schemas that were stated in place have a name there. */
export interface BuiltModel {
  model: Model;
  document: Document;
  /** The operations whose ids were derived. */
  named: NamedOperation[];
  /** The schemas that the source itself names. */
  schemaNames: ReadonlySet<string>;
  /** The schemas whose requests and responses have different properties, with the name of the request's type. */
  writable: ReadonlyMap<string, string>;
}

/**
 * Reads a bundled OpenAPI 3.1 document into the model that everything is generated from.
 *
 * @param locate finds locations in the source, for problems and for {@link Operation.location}
 * @param target what the model is for. The mock alone derives ids that are missing or no calls, and serves what is a
 *   problem for the client
 * @throws {SpecProblems} with every part that cannot be mapped, and its location
 */
export function buildModel(
  bundled: object,
  locate: Locate = () => undefined,
  target: 'client' | 'mock' = 'client',
): BuiltModel {
  const document = structuredClone(bundled) as Document;
  const problems = new Problems(locate);
  // Locations take long to find in a large document: the mock needs those of its own problems alone.
  const isForClient = target === 'client';
  const forClient = isForClient ? problems : new Problems(() => undefined);
  refuseForeignReferences(document, problems);
  refuseExcess(document, problems);
  refuseUnusableNames(document, problems);
  resolveAnchors(document, problems);
  // The following steps would resolve and duplicate them.
  problems.throwIfAny();
  bindDynamicReferences(document);
  moveTargets(document);
  joinSiblings(document);
  if (!isForClient) {
    repairEmptyParts(document);
    repairHTTPNames(document);
    repairPaths(document);
  }
  readAnyMediaAsJSON(document);
  splitPageObjects(document);
  const named = target === 'mock' ? nameOperations(document) : [];
  const sources = readOperations(document, problems, forClient);
  checkIds(sources, problems);
  // The following steps expect unique and well-formed ids.
  problems.throwIfAny();
  const schemaNames = new Set(Object.keys(document.components?.schemas ?? {}));
  const names = nameCalls(document, sources);
  nameInlineSchemas(document, names);
  const writable = writableNames(document);

  const results = new Map<SourceOperation, Result>();
  const shapes = new Map<SourceOperation, string>();
  for (const source of sources) {
    const { result, reason } = readResult(document, source);
    results.set(source, result);
    shapes.set(source, reason);
    if (!source.isIgnored) refuseClashes(document, source, forClient);
  }
  const found = findCollections(document, sources, results);
  const { collections } = found;
  const inferred = inferBehaviors(document, sources, results, found);
  applyMock(document, inferred, collections.values(), problems);
  const byName = new Map([...collections.values()].map((one) => [one.collection.name, one]));
  for (const [operation, known] of inferred) {
    const shown = 'collection' in known.behavior && byName.get(known.behavior.collection);
    if (!shown) continue;
    const parameters = queryParameters(document, operation, known.behavior, shown);
    known.reason += describeParameters(parameters);
    if (parameters.unused.length > 0) known.unused = parameters.unused;
    const { collection } = shown;
    for (const { name, property, comparison } of parameters.filters) {
      if (comparison)
        collection.ranges = { ...collection.ranges, [name]: { property, comparison } };
      else if (name !== property) collection.filter[name] = property;
    }
  }
  checkProperties(document, sources, problems);
  const callable = sources.filter(({ isIgnored }) => !isIgnored);
  const root = buildTree(document, callable, forClient);
  problems.throwIfAny();

  const serverURL = document.servers?.[0]?.url ?? '/';
  const auth = readAuth(document);
  const create = (source: SourceOperation) =>
    createOperation(document, source, {
      // Each has been set for every operation above.
      name: names.get(source) as CallName,
      result: results.get(source) as Result,
      inferred: inferred.get(source) as Inferred,
      shape: shapes.get(source) ?? '',
      security: auth.of(source.object),
      writable,
      location: isForClient ? locate([...source.pointer, 'operationId']) : undefined,
    });
  const model: Model = {
    title: document.info?.title ?? '',
    version: document.info?.version ?? '',
    serverURL,
    basePath: basePathOf(document.servers?.[0]),
    operations: callable.map(create),
    ignored: sources.filter(({ isIgnored }) => isIgnored).map(create),
    root,
    collections: [...collections.values()].map(({ collection }) => collection),
  };
  return { model, document, named, schemaNames, writable };
}

interface Known {
  name: CallName;
  result: Result;
  inferred: Inferred;
  shape: string;
  security: string[][] | undefined;
  writable: ReadonlyMap<string, string>;
  location: Operation['location'];
}

function createOperation(document: Document, source: SourceOperation, known: Known): Operation {
  const { pathParams, query, headers, body, object } = source;
  const { name, result, inferred, shape, security, writable, location } = known;
  const accept = acceptOf(document, source);
  const positional = pathParams.at(-1);
  const named = pathParams.slice(0, -1);
  const hasParams = needsParams(source) || body !== undefined;
  return {
    id: source.id,
    action: source.action,
    callName: name.local,
    method: source.method,
    path: source.path,
    summary: object.summary ?? '',
    description: object.description ?? '',
    deprecated: object.deprecated ?? false,
    positional: positional && createParameter(document, positional),
    pathParams: named.map((parameter) => createParameter(document, parameter)),
    query: query.map((parameter) => createParameter(document, parameter)),
    headers: headers.map((parameter) => createParameter(document, parameter)),
    body: body && {
      required: body.object.required ?? false,
      type: bodyType(document, body.media.schema, writable),
      isObject: isObjectBody(document, body.media.schema),
      isProperty: needsParams(source) && !isObjectBody(document, body.media.schema),
      mediaType: body.mediaType,
      ...indexedArrays(document, body),
      description: body.object.description ?? '',
      ...firstExample(document, body.media),
    },
    paramsType: hasParams ? `${name.global}Params` : undefined,
    paramsOptional:
      named.length === 0 &&
      !body?.object.required &&
      ![...query, ...headers].some(({ required }) => required),
    result,
    errors: readErrors(document, source),
    ...(accept !== undefined && { accept }),
    ...(security && { security }),
    behavior: inferred.behavior,
    ...(inferred.unused && { unused: inferred.unused }),
    ...(inferred.inert && { inert: inferred.inert }),
    ...(inferred.apart && { apart: inferred.apart }),
    reason:
      result.kind === 'page'
        ? `${inferred.reason}; ${result.pageClass} for ${shape}`
        : inferred.reason,
    location,
  };
}

function createParameter(document: Document, parameter: ParameterObject): Parameter {
  const read = readStyle(document, parameter);
  const property = propertyOf(parameter);
  return {
    name: parameter.name,
    property,
    argument: argumentName(property),
    description: parameter.description ?? '',
    required: parameter.required ?? false,
    type: typeOf(document, parameter),
    schema: parameter.schema ?? Object.values(parameter.content ?? {})[0]?.schema ?? {},
    ...('style' in read && read.style !== undefined && { style: read.style }),
    ...('example' in parameter ? { example: parameter.example } : {}),
  };
}

/** A parameter that is JSON has the type of its schema. */
function typeOf(document: Document, parameter: ParameterObject): string {
  const [media] = Object.values(parameter.content ?? {});
  return media ? referencedType(document, media.schema) : pathType(document, parameter);
}

/** The type of a path parameter: the values that the schema lists, else strings or numbers. */
function pathType(document: Document, { schema }: ParameterObject): string {
  const values = valuesOf(withoutNull(document, schema) ?? {});
  const literals = values.filter((value) => typeof value === 'string' || typeof value === 'number');
  if (values.length > 0 && literals.length === values.length) {
    return literals.map((value) => (typeof value === 'string' ? quote(value) : value)).join(' | ');
  }
  const found = typesOf(document, schema);
  const plain = plainTypes(found);
  const parts = [...plain];
  if (found.has('array')) {
    const items = plainTypes(typesOf(document, itemsOf(document, schema))).join(' | ');
    parts.push(`readonly (${items || 'string'})[]`);
  }
  if (found.has('object')) parts.push('{ readonly [name: string]: unknown }');
  return parts.join(' | ') || 'string';
}

function plainTypes(types: ReadonlySet<string>): string[] {
  return [
    ...(types.has('string') ? ['string'] : []),
    ...(types.has('integer') || types.has('number') ? ['number'] : []),
    ...(types.has('boolean') ? ['boolean'] : []),
  ];
}

/** The type of a request, which differs from that of a response if some properties are read-only. */
function bodyType(
  document: Document,
  schema: Schema | undefined,
  writable: ReadonlyMap<string, string>,
): string {
  const name = writable.get(schemaName(schema) ?? '');
  return name === undefined ? referencedType(document, schema) : typeName(name);
}

/** The arrays of a form in the style `deepObject`. */
function indexedArrays(
  document: Document,
  { media, mediaType }: NonNullable<SourceOperation['body']>,
): { indexed?: string[] } {
  const shape = isForm(mediaType) ? shapeOf(document, media.schema) : new Map();
  const indexed = Object.entries(media.encoding ?? {}).flatMap(([name, { style }]) =>
    style === 'deepObject' && itemsOf(document, shape.get(name)?.schema) ? [name] : [],
  );
  return indexed.length > 0 ? { indexed } : {};
}

/** As `{ example }`, so that a body without one has no such property. */
function firstExample(document: Document, media: MediaType): { example?: unknown } {
  const [first] = Object.values(media.examples ?? {});
  const example =
    media.example ?? (deref(document, first) as { value?: unknown } | undefined)?.value;
  return example === undefined ? {} : { example };
}

function readErrors(document: Document, { object }: SourceOperation): Operation['errors'] {
  return Object.entries(object.responses ?? {})
    .filter(([status]) => !/^([123]|x-)/i.test(status))
    .map(([status, response]) => ({
      status,
      description: deref(document, response).description ?? '',
    }));
}
