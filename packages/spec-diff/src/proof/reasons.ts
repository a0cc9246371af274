import type { Change } from '../change/change.ts';
import { showsInTypes } from '../change/visible.ts';

/** Why no program could be made that shows a change. */
export function reasonOf({ id, path }: Change): string {
  const [, place = ''] = path;
  if (/^(authentication|scheme|scope|flow)-/.test(id))
    return 'Declarations do not show which credentials the API accepts.';
  if (id === 'operation-moved')
    return 'The method sends the new request; only released versions of the client send the old one.';
  if (id.startsWith('server-')) return 'Declarations do not show the address of the API.';
  if (/^callback/.test(place) || id.startsWith('callback-')) return 'The client has no callbacks.';
  if (id.startsWith('link-')) return 'The client has no links.';
  if (/header/.test(id)) return "A method's result has no headers.";
  if (/^response (?!2)/.test(place))
    return 'The response is an error, whose body is not part of what a method returns.';
  if (id.startsWith('default-'))
    return 'Programs that leave the value out compile as before, and get another result.';
  if (!showsInTypes(id)) return 'TypeScript does not check such constraints.';
  return 'Found no program that compiles with the old client and not with the new one.';
}
