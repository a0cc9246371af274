import { api } from '../spec.ts';

/** A path, with its query, that is worth a first look: a list of the root. */
export const exampleTarget: string = describe();

function describe(): string {
  const list = api.operations.find(({ method, path }) => method === 'get' && !path.includes('{'));
  if (!list) return '/';
  const hasLimit = list.request?.query?.some(({ name }) => name === 'limit');
  return hasLimit ? `${list.path}?limit=2` : list.path;
}
