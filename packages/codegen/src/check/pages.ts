import type { Document, Pointer } from '@org/openapi';
import { parameterName, parameterNames } from '../infer/page-names.ts';
import { readPaging } from '../infer/read-paging.ts';
import { responseBody } from '../read/read-operations.ts';
import type { Findings } from './findings.ts';
import type { Operation } from './operations.ts';

/** Lists whose next pages the client would not request: a partial list is worse than none. */
export function checkPages(
  document: Document,
  operations: readonly Operation[],
  { problems, listed }: Findings,
): void {
  for (const { id, method, path, object, pointer, parameters } of operations) {
    if (method !== 'get') continue;
    const body = responseBody(document, object)?.media.schema;
    const query = parameters.filter(({ object: { in: place } }) => place === 'query');
    const at = (name: string | undefined): Pointer =>
      query.find(({ object }) => object.name === name)?.pointer ?? pointer;
    const found = readPaging(document, {
      ...{ id, path, object, body },
      query: query.map(({ object }) => object),
    });
    if (found?.problem) {
      const { id: problem, parameter, message } = found.problem;
      const place = problem === 'x-client' ? [...pointer, 'x-client'] : at(parameter);
      problems.add(problem, place, message, { operation: pointer });
      continue;
    }
    const isWhole = (object['x-client'] as { page?: unknown } | undefined)?.page === 'whole';
    if (isWhole) continue;
    const size = found?.paging.size;
    if (found?.pageClass === 'Page' && size !== undefined) {
      listed.add(
        'page-size',
        at(size),
        `\`${id}\` takes \`${size}\`, but has no way to request the next page: the client treats the response as the whole list.`,
      );
    }
    if (found?.counted && size === undefined) {
      listed.add(
        'page-size',
        pointer,
        `\`${id}\` responds with pages (\`${found.counted.join('.')}\`), but has no way to request the next page: the client treats the response as the whole list.`,
      );
    }
    const position = query.find(({ object: { name } }) =>
      [parameterNames.cursor, parameterNames.number, parameterNames.offset].some((names) =>
        names.has(parameterName(name)),
      ),
    );
    if (!found && body && position) {
      listed.add(
        'page-items',
        position.pointer,
        `\`${id}\` takes \`${position.object.name}\`, but its response has no array that is certain to be the items of a list: the method returns the response unchanged. Name the array: \`x-client: { page: { items: … } }\`.`,
      );
    }
  }
}
