/** The result of `pnpm release:pack`, written beside the tarballs as `release.json`. */
export interface Release {
  /** The dist-tag to publish under: `latest`, or the name of a snapshot. */
  tag: string;
  /** All packages of the release; without a file if the registry has the version already. */
  packages: { name: string; version: string; file?: string }[];
}

/** The name of the file that describes a {@link Release}. */
export const releaseFile = 'release.json';

/** The tag that marks a version which was staged on npm and waits for its approval. */
export function stagedTag(name: string, version: string): string {
  return `staged/${name}@${version}`;
}
