import type { API } from '../api/api.ts';
import { checkRule, type FaultRule } from '../control/fault-rule.ts';
import { createRoute, hasPath } from '../prism/route.ts';
import { UsageError } from './flags.ts';
import { readJSONFile } from './json-file.ts';

/**
 * The fault rules of the command line, those of files last.
 *
 * @throws {UsageError} that names the flag, the file, the rule and the property at fault
 */
export async function readRules(
  given: readonly unknown[],
  paths: readonly string[],
  api: API,
): Promise<FaultRule[]> {
  const rules = given.map((rule) => ({ rule, source: '--fail' }));
  for (const path of paths) {
    const content = await readJSONFile('--faults', path, 'a file with an array of fault rules');
    if (!Array.isArray(content))
      throw new UsageError(`--faults ${path}: expected an array of fault rules.`);
    rules.push(
      ...content.map((rule: unknown, i) => ({ rule, source: `--faults ${path}: [${i}]` })),
    );
  }
  const route = createRoute(api.operations);
  const known = {
    operations: api.operations.map(({ iid }) => iid),
    idOf: (name: string) => api.operation(name)?.iid,
    hasPath: (path: string) => hasPath(api, route, path),
  };
  return rules.map(({ rule, source }) => {
    try {
      checkRule(rule, known);
      return rule;
    } catch (error) {
      throw new UsageError(`${source}: ${(error as Error).message}`);
    }
  });
}
