import type { Finding, Verdict } from '../../change/change.ts';
import { isRecord, type Json, list, namesOf, record, strings } from '../../document/json.ts';

/** Where the API is: clients go to the first server, and people choose among the others. */
export function* servers(before: unknown, after: unknown): Generator<Finding> {
  const [old, now] = [serversOf(before), serversOf(after)];
  const at = ['servers'];
  if (old[0]?.url !== now[0]?.url) {
    const message = `The address of the API changed from ${old[0]?.url} to ${now[0]?.url}.`;
    yield { verdict: 'breaking', message, at };
  }
  for (const { url, node } of old) {
    const other = now.find((each) => each.url === url);
    if (other) yield* variables(record(node['variables']), record(other.node['variables']), url);
    else if (url !== old[0]?.url) {
      yield { verdict: 'breaking', message: `The server ${url} was removed.`, at };
    }
  }
  for (const { url } of now) {
    if (old.some((each) => each.url === url) || url === now[0]?.url) continue;
    yield { verdict: 'addition', message: `The server ${url} was added.`, at };
  }
}

function* variables(before: Json, after: Json, url: string): Generator<Finding> {
  for (const name of namesOf(before, after)) {
    const [old, now] = [record(before[name]), record(after[name])];
    const what = `the variable \`${name}\` of ${url}`;
    if (old['default'] !== now['default']) {
      const message = `The default of ${what} changed from ${old['default']} to ${now['default']}.`;
      yield { verdict: 'breaking', message, at: ['servers'] };
    }
    const [then, current] = [old['enum'], now['enum']];
    if (!Array.isArray(then) && !Array.isArray(current)) continue;
    const lost = Array.isArray(current)
      ? strings(then).filter((value) => !current.includes(value))
      : [];
    const won = Array.isArray(then)
      ? strings(current).filter((value) => !then.includes(value))
      : [];
    const shrank = lost.length > 0 || !Array.isArray(then);
    if (!shrank && won.length === 0 && Array.isArray(current)) continue;
    const verdict: Verdict = shrank ? 'breaking' : 'addition';
    yield { verdict, message: `The values of ${what} changed.`, at: ['servers'] };
  }
}

/** Without servers, the API is where the document is. A slash at the end says nothing. */
function serversOf(given: unknown): { url: string; node: Json }[] {
  const nodes = list(given).filter(isRecord);
  if (nodes.length === 0) return [{ url: '/', node: {} }];
  return nodes.map((node) => ({ url: String(node['url'] ?? '/').replace(/(.)\/$/, '$1'), node }));
}
