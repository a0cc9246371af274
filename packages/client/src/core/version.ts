import manifest from '../../package.json' with { type: 'json' };

/** This package's version. The build replaces it with the number. */
export const version: string = manifest.version;

/** This package's name. */
export const name: string = manifest.name;
