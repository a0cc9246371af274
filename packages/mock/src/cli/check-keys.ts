import { type API, schemesOf } from '../api/api.ts';
import { askForKeys } from '../prism/keys.ts';
import { type Flags, UsageError } from './flags.ts';

/** @throws {UsageError} if the keys of the command line have no effect */
export function checkKeys({ server, spec }: Flags, api: API): void {
  if (server.keys === undefined || askForKeys(schemesOf(api))) return;
  throw new UsageError(
    `--key has no effect: no operation of ${spec} has security. Leave --key out, or add \`security\` to the document.`,
  );
}
