import type { Problems } from './problems.ts';
import { nodesOf } from './walk.ts';

/**
 * Adds a problem for each reference that leads out of a bundled document, or that tools read in different ways. The first
 * are left in examples and defaults, where they are data; but tools would open the file or fetch the address.
 */
export function refuseForeignReferences(document: object, problems: Problems): void {
  for (const node of nodesOf(document)) {
    const { value } = node;
    for (const key of ['$ref', 'externalValue']) {
      const target = Object.hasOwn(value, key) ? value[key] : undefined;
      if (typeof target !== 'string') continue;
      if (key === '$ref' && target.startsWith('#')) {
        if (isFragment(target.slice(1))) continue;
        problems.add(
          'unresolved-ref',
          [...node.path, key],
          `\`${target}\` is not a reference: \`#\` and \`%\` in a name are written as \`%23\` and \`%25\`.`,
        );
        continue;
      }
      problems.add(
        'unresolved-ref',
        [...node.path, key],
        `\`${key}: ${target}\` refers to something outside of the document, which is not supported here. Write the value instead.`,
      );
    }
  }
}

function isFragment(text: string): boolean {
  if (text.includes('#')) return false;
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
