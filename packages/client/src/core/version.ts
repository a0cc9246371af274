import manifest from '../../package.json' with { type: 'json' };

/** This package's version. The build writes the number in its place. */
export const version: string = manifest.version;
