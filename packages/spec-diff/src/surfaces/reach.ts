import type { Operation } from '@org/codegen';
import { parsePointer } from '@org/openapi';
import type { Change } from '../change/change.ts';

/**
 * The methods that a change of the document is about, and the packages that it does not concern: methods send and read
 * few media types, and no cookies, and neither client nor mock has webhooks, callbacks and links. A breaking change of
 * what methods lack concerns the users of `createFetchClient`, which has all that the types have.
 *
 * @param models The operations of both documents, by name.
 * @param methods `GET /users` → `client.users.list`.
 */
export function reachOf(
  change: Change,
  models: readonly ReadonlyMap<string, Operation>[],
  methods: ReadonlyMap<string, string>,
): Pick<Change, 'methods' | 'absentFrom'> {
  const { surface, path, operations, verdict } = change;
  if (surface !== 'spec' || operations.length === 0) return { methods: change.methods };
  const isSent = operations.every((name) => name.startsWith('webhook '));
  if (isSent || path[1] === 'callback' || path[2] === 'link')
    return { methods: [], absentFrom: ['client', 'mock'] };
  const users = operations.filter((name) => {
    const known = models.flatMap((all) => all.get(name) ?? []);
    if (known.length === 0) return true;
    return methods.has(name) && known.some((operation) => uses(operation, change));
  });
  const isAbsent = users.length === 0 && verdict !== 'breaking';
  return {
    methods: users.flatMap((name) => methods.get(name) ?? []),
    ...(isAbsent && { absentFrom: ['client'] }),
  };
}

/** Whether a method has the changed part. */
function uses(
  { accept, body, positional }: Operation,
  { id, path, args, pointer }: Change,
): boolean {
  if (path[1] === 'cookie') return false;
  // No program names the first argument.
  if (id === 'path-parameter-renamed')
    return positional?.name !== args['from'] && positional?.name !== args['to'];
  const media = mediaTypeOf({ id, path, pointer: pointer ?? '' });
  if (media === undefined) return true;
  const { side, type } = media;
  if (side === 'request') return !body || type === lower(body.mediaType);
  return accept === undefined ? /[/+]json\b/.test(type) : lower(accept).includes(type);
}

function lower(type: string): string {
  return type.toLowerCase().replaceAll(/\s/g, '');
}

/** The media type of a body that a change is about, if it is about one alone. */
function mediaTypeOf({
  id,
  path,
  pointer,
}: {
  id: string;
  path: readonly string[];
  pointer: string;
}): { side: 'request' | 'response'; type: string } | undefined {
  const steps = parsePointer(pointer);
  const isComponent = steps[0] === 'components';
  const [part = '', status = ''] = isComponent ? [steps[1], '2XX'] : [steps[3], steps[4]];
  const side = part.startsWith('requestBod') ? 'request' : 'response';
  if (side === 'response' && !(part === 'responses' && status.startsWith('2'))) return undefined;
  const at = isComponent ? 3 : side === 'request' ? 4 : 5;
  const type = id.startsWith('media-type-')
    ? path.at(-1)
    : steps[at] === 'content'
      ? steps[at + 1]
      : undefined;
  return type === undefined ? undefined : { side, type: lower(type) };
}
