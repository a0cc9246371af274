import type { Finding, Verdict } from '../../change/change.ts';
import { isRecord, type Json, list, own, record, strings } from '../../document/json.ts';

/** A server, with the variables that have one value put in. */
interface Server {
  /** The address as people may vary it: `https://{region}.example.com`. */
  template: string;
  /** The address with default variables. */
  address: string;
  variables: Json;
}

/**
 * The API's servers: clients use the first one, and people may configure others.
 *
 * @param hasMoved Whether the first address really changed: a prefix may have moved to the paths.
 */
export function* servers(before: unknown, after: unknown, hasMoved = true): Generator<Finding> {
  const [old, now] = [serversOf(before), serversOf(after)];
  const at = ['servers'];
  const [first, current] = [old[0], now[0]];
  const isSameFirst = first?.address === current?.address || !hasMoved;
  if (first && current && !isSameFirst) {
    const args = { from: first.template, to: current.template };
    yield { id: 'server-address-changed', verdict: 'breaking', args, at };
  }
  const left = new Set(now);
  for (const server of old) {
    const other =
      now.find((each) => each.template === server.template) ??
      now.find((each) => each.address === server.address) ??
      (server === first && !hasMoved ? current : undefined);
    if (other) {
      left.delete(other);
      yield* variables(server, other);
    } else if (server !== first) {
      const args = { url: server.template };
      yield { id: 'server-removed', verdict: 'breaking', args, at };
    }
  }
  for (const { template } of left) {
    if (template === current?.template) continue;
    yield { id: 'server-added', verdict: 'addition', args: { url: template }, at };
  }
}

function* variables(before: Server, after: Server): Generator<Finding> {
  const at = ['servers'];
  const [old, now] = [freeIn(before), freeIn(after)];
  for (const name of new Set([...old, ...now])) {
    const args = { name, url: before.template };
    const [then, current] = [
      record(own(before.variables, name)),
      record(own(after.variables, name)),
    ];
    if (!now.includes(name)) {
      yield { id: 'server-variable-removed', verdict: 'breaking', args, at };
      continue;
    }
    if (!old.includes(name)) {
      yield { id: 'server-variable-added', verdict: 'addition', args, at };
      continue;
    }
    if (then['default'] !== current['default']) {
      const [from, to] = [String(then['default']), String(current['default'])];
      const change = { ...args, from, to };
      yield { id: 'server-variable-default-changed', verdict: 'breaking', args: change, at };
    }
    const [values, others] = [then['enum'], current['enum']];
    if (!Array.isArray(values) && !Array.isArray(others)) continue;
    const lost = Array.isArray(others)
      ? strings(values).filter((value) => !others.includes(value))
      : [];
    const won = Array.isArray(values)
      ? strings(others).filter((value) => !values.includes(value))
      : [];
    const shrank = lost.length > 0 || !Array.isArray(values);
    if (!shrank && won.length === 0 && Array.isArray(others)) continue;
    const verdict: Verdict = shrank ? 'breaking' : 'addition';
    yield { id: 'server-variable-values-changed', verdict, args, at };
  }
}

/** The variables that people may set. */
function freeIn({ template }: Server): string[] {
  return [...template.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? '');
}

/** Without servers, the API is at the document's location. A slash at the end has no effect. */
function serversOf(given: unknown): Server[] {
  const nodes = list(given).filter(isRecord);
  if (nodes.length === 0) return [{ template: '/', address: '/', variables: {} }];
  return nodes.map((node) => {
    const url = normalized(String(node['url'] ?? '/')).replace(/(.)\/$/, '$1');
    const variables = record(node['variables']);
    const filled = (isFixed: (variable: Json) => boolean) =>
      url.replaceAll(/\{([^}]*)\}/g, (whole, name) => {
        const variable = record(own(variables, name));
        return isFixed(variable) ? String(variable['default'] ?? whole) : whole;
      });
    return {
      template: filled((variable) => list(variable['enum']).length === 1),
      address: filled(() => true).replace(/(.)\/$/, '$1'),
      variables,
    };
  });
}

/** An address without its default port, and with its host in lower case, as browsers write it. */
function normalized(url: string): string {
  const [origin = '', scheme = '', host = ''] = /^(https?):\/\/([^/]*)/i.exec(url) ?? [];
  if (origin === '') return url;
  const port = scheme.toLowerCase() === 'https' ? ':443' : ':80';
  // The names of variables keep their case.
  const written = host
    .split(/(\{[^}]*\})/)
    .map((part) => (part.startsWith('{') ? part : part.toLowerCase()))
    .join('');
  const short = written.endsWith(port) ? written.slice(0, -port.length) : written;
  return `${scheme.toLowerCase()}://${short}${url.slice(origin.length)}`;
}

/** The path of the address: `/v1` for `https://api.example.com/v1`. */
export function prefixOf(servers: unknown): string {
  const address = serversOf(servers)[0]?.address ?? '/';
  return address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '').replace(/\/$/, '');
}

/** The address without its path. */
export function originOf(servers: unknown): string {
  const address = serversOf(servers)[0]?.address ?? '/';
  return /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(address)?.[0] ?? '';
}
