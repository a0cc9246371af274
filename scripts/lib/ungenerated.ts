import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from '@org/codegen';
import { CommandError } from './cli.ts';
import { root } from './repo.ts';
import { explain, readOwnSpec } from './spec.ts';

/** What `pnpm mock` serves: written by `pnpm generate`. */
export const contractPath = 'packages/mock/src/api.gen.json';

/** The generated contract as it is on disk; undefined where it is missing. */
export function readContract(): string | undefined {
  try {
    return readFileSync(join(root, contractPath), 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * What of the spec the generated contract does not have: a line for each problem or operation, with its place, and the
 * command to run. Undefined where the contract is up to date.
 */
export async function ungenerated(): Promise<string | undefined> {
  try {
    const { document, locate } = await readOwnSpec();
    const { model, files } = await generate(document, locate).catch((error: unknown) =>
      explain(error, 'in the working tree', 'spec'),
    );
    const contract = readContract();
    if (files[contractPath] === contract) return undefined;
    const { operations = [] } = JSON.parse(contract ?? '{}') as {
      operations?: { method: string; path: string }[];
    };
    const known = new Set(operations.map(({ method, path }) => `${method} ${path}`));
    const lines = model.operations
      .filter(({ method, path }) => !known.has(`${method} ${path}`))
      .map(({ method, path }) => {
        const place = locate(['paths', path, method]);
        const name = `${method.toUpperCase()} ${path}`;
        return `spec/${place?.file}:${place?.line}:${place?.column}: ${name} is not generated yet.`;
      });
    if (lines.length === 0) lines.push('The spec changed since `pnpm generate` ran.');
    return `${lines.join('\n')}\nRun: pnpm generate`;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return error.message;
  }
}
