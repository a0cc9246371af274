import type { Location } from '@org/spec-diff';

type Steps = readonly string[];
type Locate = (steps: Steps) => Location | undefined;

/**
 * Finds places of a bundled document in the files that it was made from. The bundler gives what comes from other files
 * a name below `components`, where no file has it: such a place is found by the way on which references lead to it.
 *
 * @param locate Finds places in the files; steps through a reference lead to where it leads.
 */
export function locateBundled(document: object, locate: Locate): Locate {
  let ways: Map<string, Steps> | undefined;
  return (steps) => {
    const [root, section, name, ...rest] = steps;
    if (root !== 'components' || section === undefined || name === undefined) return locate(steps);
    const [found, parent] = [locate(steps.slice(0, 3)), locate(steps.slice(0, 2))];
    // What a file does not have is found where the last thing stands that it has.
    const isWritten = found?.line !== parent?.line || found?.column !== parent?.column;
    if (isWritten) return locate(steps);
    ways ??= waysIn(document);
    return locate([...(ways.get(referenceTo(section, name)) ?? steps.slice(0, 3)), ...rest]);
  };
}

/** Reference → the steps that lead to what it names, from outside of `components` and through other references. */
function waysIn(document: object): Map<string, Steps> {
  const { components, ...rest } = document as { components?: Record<string, object> };
  const named = new Map(
    Object.entries(components ?? {}).flatMap(([section, entries]) =>
      Object.entries(entries).map(([name, node]) => [referenceTo(section, name), node] as const),
    ),
  );
  const ways = new Map<string, Steps>();
  const open: { node: unknown; steps: Steps }[] = [{ node: rest, steps: [] }];
  // The list grows while it is walked: the shortest ways come first.
  for (const { node, steps } of open) {
    if (typeof node !== 'object' || node === null) continue;
    const { $ref } = node as { $ref?: unknown };
    if (typeof $ref === 'string' && named.has($ref) && !ways.has($ref)) {
      ways.set($ref, steps);
      open.push({ node: named.get($ref), steps });
    }
    for (const [step, inner] of Object.entries(node))
      open.push({ node: inner, steps: [...steps, step] });
  }
  return ways;
}

function referenceTo(section: string, name: string): string {
  return `#/components/${section}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
