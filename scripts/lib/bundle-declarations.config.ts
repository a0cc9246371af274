// tsdown's configuration for `bundle-declarations.ts`: the working tree's for a package, for its declarations only.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

interface Config {
  entry?: readonly string[] | Record<string, string>;
  dts?: object | boolean;
  [option: string]: unknown;
}

const {
  DECLARATIONS_OF: folder = '',
  DECLARATIONS_BY: file = '',
  DECLARATIONS_TO: outDir = '',
} = process.env;
const { default: given }: { default: Config | Config[] } = await import(file);
const config = [given].flat().find(({ dts }) => dts);
if (!config) throw new Error(`Expected a configuration with \`dts\` in ${file}`);
const { entry, target, deps = {}, dts } = config;

/** Generated entries are compared by the spec, as all generated files. A ref may have fewer files than now. */
const own = Object.entries(entry ?? {}).filter(
  ([, path]) => !path.includes('.gen.') && existsSync(join(folder, path)),
);

export default {
  cwd: folder,
  entry: Array.isArray(entry) ? entry : Object.fromEntries(own),
  target,
  dts: { ...(typeof dts === 'object' && dts), sourcemap: false, dtsOnly: true },
  // Files generated from the spec are compared by the spec.
  deps: { ...(deps as object), neverBundle: [/\.gen\./] },
  format: 'esm',
  fixedExtension: false,
  outDir,
  clean: false,
  logLevel: 'error',
  checks: { pluginTimings: false },
};
