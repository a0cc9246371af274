// pnpm mock [flags of org-mock]: serves the working tree's spec, or the one of `--spec`, from the source.
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CommandError } from '../lib/cli.ts';
import { root } from '../lib/repo.ts';
import { turbo } from '../lib/turbo.ts';

/** A file of the spec as messages show it. */
const inSpec = (name: string) => relative('', join(root, 'spec', name));

const [command] = process.argv.slice(2);
const isCommand = command === 'changes' || command === 'compare' || command === 'record';
const end = process.argv.indexOf('--');
const own = process.argv.slice(2, end < 0 ? undefined : end);
const isGiven = (flag: string) => own.some((each) => each === flag || each.startsWith(`${flag}=`));
if (command !== 'changes' && !isGiven('--spec')) {
  const flags = ['--spec', inSpec('openapi.yaml')];
  const overlay = inSpec('overlay.yaml');
  if (existsSync(overlay)) flags.push('--overlay', overlay);
  if (!isCommand) flags.push('--watch');
  process.argv.splice(isCommand ? 3 : 2, 0, ...flags);
}
// A copy is read by the client, as it is built.
if (command === 'compare' || isGiven('--from')) buildClient();
// Its name in messages.
process.env['ORG_MOCK_LAUNCHER'] = 'pnpm mock';
await import(pathToFileURL(join(root, 'packages/mock/src/cli/main.ts')).href);

function buildClient(): void {
  try {
    turbo('build', ['client']);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
