import type { Problems } from './problems.ts';
import { nodesOf } from './walk.ts';

/**
 * Adds a problem for each reference that leads out of a bundled document. Such references are left in examples and
 * defaults, where they are data; but tools that read the document would open the file or fetch the address.
 */
export function refuseForeignReferences(document: object, problems: Problems): void {
  for (const { value, path } of nodesOf(document)) {
    for (const key of ['$ref', 'externalValue']) {
      const target = Object.hasOwn(value, key) ? value[key] : undefined;
      if (typeof target !== 'string' || (key === '$ref' && target.startsWith('#'))) continue;
      problems.add(
        'unresolved-ref',
        [...path, key],
        `\`${key}: ${target}\` leads out of the document, from a place where references are not followed. Write the value here.`,
      );
    }
  }
}
