// pnpm mock [flags of org-mock]: serves the working tree's spec, or the one of `--spec`, from the source.
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../lib/repo.ts';
import { turbo } from '../lib/turbo.ts';

/** A file of the spec as messages show it. */
const inSpec = (name: string) => relative('', join(root, 'spec', name));

const given = (flag: string) => process.argv.some((argument) => argument.startsWith(flag));
if (!given('--spec')) {
  const flags = ['--spec', inSpec('openapi.yaml'), '--watch'];
  const overlay = inSpec('overlay.yaml');
  if (existsSync(overlay)) flags.push('--overlay', overlay);
  process.argv.splice(2, 0, ...flags);
}
// A copy is read by the client, as it is built.
if (given('--from')) turbo('build', ['client']);
// Its name in messages.
process.env['ORG_MOCK_LAUNCHER'] = 'pnpm mock';
await import(pathToFileURL(join(root, 'packages/mock/src/cli/main.ts')).href);
