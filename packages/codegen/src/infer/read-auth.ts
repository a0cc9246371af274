import {
  type Document,
  deref,
  methods,
  type OperationObject,
  type SecurityRequirement,
  type SecurityScheme,
} from '@org/openapi';
import { argumentName } from '../model/names.ts';
import { isIgnored } from '../read/read-client.ts';

/** How a key is sent. */
export type KeyKind =
  | { kind: 'bearer' }
  | { kind: 'basic' }
  | { kind: 'header'; name: string }
  | { kind: 'query'; name: string };

/** A security scheme that the client can send. */
export interface ReadScheme {
  /** In `components.securitySchemes`. */
  name: string;
  /** The client's option. */
  option: string;
  /** The environment variable that has the key, if the document names one. */
  env: string | undefined;
  description: string;
  how: KeyKind;
}

/** The security of a document, as the client needs it. */
export interface ReadAuth {
  schemes: ReadScheme[];
  /** The API's default: alternatives of options that are sent together. */
  security: string[][];
  /** The options of an operation, if they differ from {@link security}. */
  of(operation: OperationObject): string[][] | undefined;
}

/** Reads the security schemes, and those of each operation. */
export function readAuth(document: Document): ReadAuth {
  const operations = Object.values(document.paths ?? {}).flatMap((item) =>
    methods.flatMap((method) => item[method] ?? []).filter((each) => !isIgnored(each)),
  );
  const declared = document.components?.securitySchemes ?? {};
  const schemes = new Map<string, ReadScheme>();
  for (const [name, scheme] of Object.entries(declared)) {
    const how = kindOf(deref(document, scheme));
    if (how) schemes.set(name, { name, how, ...namesOf(name, deref(document, scheme)) });
  }
  const optionsOf = (security: readonly SecurityRequirement[]) =>
    security
      .map(Object.keys)
      .filter((names) => canSend(names.map((name) => schemes.get(name)?.how)))
      .map((names) => names.map((name) => schemes.get(name)?.option ?? name));
  const needed = operations.map(({ security }) => security ?? document.security ?? []);
  const usual = document.security ?? needed.find((security) => security.length > 0) ?? [];
  const security = optionsOf(usual);
  const used = new Set([usual, ...needed].flat().flatMap(Object.keys));
  return {
    schemes: [...schemes.values()].filter(({ name }) => used.has(name)),
    security,
    of(operation) {
      const own = optionsOf(operation.security ?? document.security ?? []);
      return JSON.stringify(own) === JSON.stringify(security) ? undefined : own;
    },
  };
}

/** How a key of this scheme is sent; undefined if the client cannot send it. */
export function kindOf(scheme: SecurityScheme | undefined): KeyKind | undefined {
  const { type, in: place, name = '' } = scheme ?? {};
  if (type === 'oauth2' || type === 'openIdConnect') return { kind: 'bearer' };
  if (type === 'apiKey' && name && (place === 'header' || place === 'query'))
    return { kind: place, name };
  const http = type === 'http' ? scheme?.scheme?.toLowerCase() : undefined;
  return http === 'bearer' || http === 'basic' ? { kind: http } : undefined;
}

/** Whether the client can send all of these keys in one request: each has a place of its own. */
export function canSend(keys: readonly (KeyKind | undefined)[]): boolean {
  const places = keys.map((how) => {
    if (how?.kind === 'query') return `query ${how.name}`;
    return how?.kind === 'header' ? how.name.toLowerCase() : how && 'authorization';
  });
  return !places.includes(undefined) && new Set(places).size === places.length;
}

/** The names that `x-client: { option, env }` gives, else the scheme's own in camelCase. */
function namesOf(name: string, scheme: SecurityScheme | undefined) {
  const { option, env } = (scheme?.['x-client'] ?? {}) as { option?: unknown; env?: unknown };
  return {
    option: typeof option === 'string' ? option : argumentName(name),
    env: typeof env === 'string' ? env : undefined,
    description: scheme?.description ?? '',
  };
}
