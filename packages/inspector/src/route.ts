import { Store } from './store.ts';

export const tabs = ['requests', 'data', 'faults', 'operations', 'changes'] as const;
export type Tab = (typeof tabs)[number];

/** The view that the address identifies: `#data/users.roles?user_id=user_abc`. */
export interface Route {
  tab: Tab;
  /** The open item of the tab. */
  name: string | undefined;
  parameters: Record<string, string>;
}

export const route: Store<Route> = new Store(parseRoute(location.hash));

addEventListener('hashchange', () => route.set(parseRoute(location.hash)));

function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const [first = '', ...rest] = path.split('/');
  return {
    tab: tabs.find((tab) => tab === first) ?? 'requests',
    name: rest.length > 0 ? decodeURIComponent(rest.join('/')) : undefined,
    parameters: Object.fromEntries(new URLSearchParams(query)),
  };
}

export function hashOf(tab: Tab, name?: string, parameters: Record<string, string> = {}): string {
  const query = new URLSearchParams(parameters).toString();
  const path = name === undefined ? tab : `${tab}/${encodeURIComponent(name)}`;
  return `#${path}${query === '' ? '' : `?${query}`}`;
}
