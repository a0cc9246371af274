import type { Finding } from '../../change/change.ts';
import {
  canonical,
  isRecord,
  type Json,
  list,
  namesOf,
  own,
  record,
  strings,
} from '../../document/json.ts';
import type { Sides, Spec } from '../../document/spec.ts';
import { unknownFields } from './fields.ts';

/** One way to authenticate: the scopes that each scheme has to have. None at all: no key is needed. */
type Way = Map<string, readonly string[]>;

/** The security requirements. Each is one way to authenticate; a weaker one replaces a stronger one. */
export function* security(before: unknown, after: unknown, specs: Sides<Spec>): Generator<Finding> {
  const [old, now] = [waysOf(before), waysOf(after).map((way) => renamed(way, specs))];
  const removed = old.filter((way) => !now.some((other) => asksNoMore(other, way)));
  const added = now.filter((way) => !old.some((other) => asksNoMore(other, way)));
  const at = ['security'];
  const [from, to] = [written(removed, specs), written(added, specs)];
  if (removed.length > 0 && isFree(removed)) {
    const args = { to: written(now, specs) };
    yield { id: 'authentication-now-required', verdict: 'breaking', args, at };
  } else if (removed.length === 1 && now.some((way) => asksForScopes(way, removed[0]))) {
    const stricter = now.find((way) => asksForScopes(way, removed[0])) as Way;
    const args = {
      scopes: scopesBeyond(stricter, removed[0] as Way),
      to: written([stricter], specs),
    };
    yield { id: 'scope-now-required', verdict: 'breaking', args, at };
  } else if (removed.length > 0 && added.length > 0) {
    yield { id: 'authentication-changed', verdict: 'breaking', args: { from, to }, at };
  } else if (removed.length === 1 && now.some((way) => asksForKeys(way, removed[0]))) {
    const stricter = now.filter((way) => asksForKeys(way, removed[0]));
    const args = { from, to: written(stricter, specs) };
    yield { id: 'authentication-changed', verdict: 'breaking', args, at };
  } else if (removed.length > 0) {
    yield { id: 'authentication-removed', verdict: 'breaking', args: { from }, at };
  } else if (added.length > 0 && isFree(added)) {
    yield { id: 'authentication-now-optional', verdict: 'addition', at };
  } else if (added.length === 1 && old.some((way) => asksForScopes(way, added[0]))) {
    const stricter = old.find((way) => asksForScopes(way, added[0])) as Way;
    const args = { scopes: scopesBeyond(stricter, added[0] as Way), to };
    yield { id: 'scope-no-longer-required', verdict: 'addition', args, at };
  } else if (added.length === 1 && now.length === 1 && asksForKeys(old[0], added[0])) {
    const args = { from: written(old.slice(0, 1), specs), to };
    yield { id: 'authentication-changed', verdict: 'addition', args, at };
  } else if (added.length > 0) {
    yield { id: 'authentication-added', verdict: 'addition', args: { to }, at };
  }
}

/** Whether one of the ways is to show no key at all. */
function isFree(ways: readonly Way[]): boolean {
  return ways.some((way) => way.size === 0);
}

/** Whether a way is another one with further schemes. */
function asksForKeys(way: Way | undefined, other: Way | undefined): boolean {
  return (
    way !== undefined && other !== undefined && way.size > other.size && asksNoMore(other, way)
  );
}

/** Whether a way is another one with further scopes. */
function asksForScopes(way: Way, other: Way | undefined): boolean {
  return (
    other !== undefined &&
    way.size === other.size &&
    asksNoMore(other, way) &&
    scopesBeyond(way, other).length > 0
  );
}

function scopesBeyond(way: Way, other: Way): string[] {
  return [...way].flatMap(([name, scopes]) =>
    scopes.filter((scope) => !other.get(name)?.includes(scope)),
  );
}

/** Names of the schemes that both sides require. */
export function sharedSchemes(
  before: unknown,
  after: unknown,
  specs: Sides<Spec>,
): [string, string][] {
  const names = new Set(waysOf(before).flatMap((way) => [...way.keys()]));
  const pairs = waysOf(after).flatMap((way) =>
    [...way.keys()].map((name): [string, string] => [oldName(name, specs), name]),
  );
  return [
    ...new Map(pairs.filter(([old]) => names.has(old)).map((pair) => [pair[1], pair])).values(),
  ];
}

/** A scheme itself: its type, its token URLs and its scopes. */
export function* securityScheme(before: Json, after: Json): Generator<Finding> {
  for (const field of ['type', 'scheme', 'in', 'name', 'openIdConnectUrl']) {
    const [old, now] = [before, after].map((node) => {
      const value = node[field];
      // The names of HTTP schemes and headers are the same in any case, those of a query and of cookies are not.
      const isAnyCase = field === 'scheme' || (field === 'name' && node['in'] === 'header');
      return typeof value === 'string' && isAnyCase ? value.toLowerCase() : value;
    });
    if (old === now) continue;
    const args = { field, from: textOf(before[field]), to: textOf(after[field]) };
    yield { id: 'scheme-changed', verdict: 'breaking', args, at: [field] };
  }
  const [old, now] = [record(before['flows']), record(after['flows'])];
  for (const name of namesOf(old, now)) {
    const [then, current] = [old[name], now[name]];
    const at = ['flows', name];
    if (!isRecord(current))
      yield { id: 'flow-removed', verdict: 'breaking', args: { name }, at: ['flows'] };
    else if (!isRecord(then)) yield { id: 'flow-added', verdict: 'addition', args: { name }, at };
    else yield* flow(name, then, current);
  }
  const known = ['type', 'scheme', 'in', 'name', 'openIdConnectUrl', 'flows', 'bearerFormat'];
  yield* unknownFields(before, after, known);
}

function* flow(name: string, before: Json, after: Json): Generator<Finding> {
  for (const field of ['authorizationUrl', 'tokenUrl', 'refreshUrl']) {
    const [old, now] = [before[field], after[field]];
    if (old === now) continue;
    const verdict = old === undefined ? 'addition' : 'breaking';
    const args = { name, field, from: textOf(old), to: textOf(now) };
    yield { id: 'flow-changed', verdict, args, at: ['flows', name, field] };
  }
  const [old, now] = [record(before['scopes']), record(after['scopes'])];
  for (const scope of namesOf(old, now)) {
    const at = ['flows', name, 'scopes'];
    if (!Object.hasOwn(now, scope)) {
      yield { id: 'scope-removed', verdict: 'breaking', args: { scope }, at };
    } else if (!Object.hasOwn(old, scope)) {
      yield { id: 'scope-added', verdict: 'addition', args: { scope }, at };
    }
  }
  yield* unknownFields(before, after, ['authorizationUrl', 'tokenUrl', 'refreshUrl', 'scopes']);
}

function waysOf(given: unknown): Way[] {
  const ways = list(given)
    .filter(isRecord)
    .map(
      (way): Way => new Map(Object.entries(way).map(([name, scopes]) => [name, strings(scopes)])),
    );
  return ways.length > 0 ? ways : [new Map()];
}

function asksNoMore(way: Way, other: Way): boolean {
  return [...way].every(([name, scopes]) => {
    const given = other.get(name);
    return given !== undefined && scopes.every((scope) => given.includes(scope));
  });
}

function renamed(way: Way, specs: Sides<Spec>): Way {
  return new Map([...way].map(([name, scopes]) => [oldName(name, specs), scopes]));
}

/**
 * The old name of a scheme: a new scheme with the content of a removed one was renamed, and so was the only one of its
 * kind that is new beside the only one that is gone.
 */
function oldName(name: string, { before, after }: Sides<Spec>): string {
  if (before.component('securitySchemes', name) !== undefined) return name;
  const only = (spec: Spec, other: Spec) =>
    Object.keys(record(own(spec.document['components'], 'securitySchemes'))).filter(
      (each) => other.component('securitySchemes', each) === undefined,
    );
  const gone = only(before, after);
  const content = contentOf(after, name);
  const former = gone.find((each) => contentOf(before, each) === content);
  if (former !== undefined) return former;
  const kind = kindOf(after, name);
  const alike = gone.filter((each) => kindOf(before, each) === kind);
  const rivals = only(after, before).filter((each) => kindOf(after, each) === kind);
  return (alike.length === 1 && rivals.length === 1 ? alike[0] : undefined) ?? name;
}

/** What a scheme is, without its addresses and scopes. */
function kindOf(spec: Spec, name: string): string {
  const scheme = record(spec.resolve(spec.component('securitySchemes', name)));
  return canonical(['type', 'scheme', 'in', 'name'].map((field) => scheme[field] ?? null));
}

function contentOf(spec: Spec, name: string): string {
  const { description: _, ...rest } = record(spec.resolve(spec.component('securitySchemes', name)));
  return canonical(rest);
}

function textOf(value: unknown): string {
  return value === undefined ? 'none' : String(value);
}

/** Each way in words: `bearer (http bearer)`, `login (oauth2) with the scopes read, write`. */
function written(ways: readonly Way[], { before, after }: Sides<Spec>): string[] {
  const name = (scheme: string) => {
    const spec = after.component('securitySchemes', scheme) === undefined ? before : after;
    const { type, scheme: kind } = record(spec.resolve(spec.component('securitySchemes', scheme)));
    return `${scheme}${type ? ` (${[type, kind].filter(Boolean).join(' ')})` : ''}`;
  };
  const scopesOf = (scopes: readonly string[]) =>
    scopes.length > 0
      ? ` with the ${scopes.length > 1 ? 'scopes' : 'scope'} ${scopes.join(', ')}`
      : '';
  return ways
    .filter((way) => way.size > 0)
    .map((way) =>
      [...way].map(([scheme, scopes]) => `${name(scheme)}${scopesOf(scopes)}`).join(' and '),
    );
}
