import { defineConfig, type UserConfig } from 'tsdown';

const shared: UserConfig = {
  entry: ['src/index.ts', 'src/fetch.ts'],
  target: 'es2022',
  fixedExtension: false,
  // The declarations of the types are taken in: one package less for consumers to install.
  deps: { alwaysBundle: ['@org/types'] },
  inputOptions: ({ plugins, ...options }) => ({
    ...options,
    plugins: [plugins, { name: 'unmapped-types', transform: unmapTypes }],
  }),
};

const types = /\/packages\/types\//;

/** The types' own source is not in the package: editors are to stop at the declarations. */
function unmapTypes(code: string, id: string) {
  return types.test(id) ? { code, map: { mappings: '' } } : undefined;
}

/** Editors follow the maps from a declaration to its source, in `src`. */
const dts = { generator: 'oxc' as const, oxc: { stripInternal: true }, sourcemap: true };

/** An editor takes the next mapping for one that is missing, so that the types have a file, and a map, of their own. */
const codeSplitting = { groups: [{ name: 'types.d', test: types }] };

/** The docstrings are in the declarations and in the sources. */
const comments = { jsdoc: false };

export default defineConfig([
  {
    ...shared,
    format: 'cjs',
    dts,
    outputOptions: (options, _, { cjsDts }) =>
      cjsDts
        ? { ...options, codeSplitting }
        : {
            ...options,
            comments,
            exports: 'named',
            // As with the official package, `require()` gives the class itself, and everything else as its properties.
            footer: ({ name }) =>
              name === 'index' ? 'module.exports = Object.assign(exports.default, exports);' : '',
          },
  },
  {
    ...shared,
    format: 'esm',
    dts: false,
    clean: false,
    outputOptions: { comments },
  },
  {
    ...shared,
    format: 'esm',
    dts: { ...dts, dtsOnly: true },
    clean: false,
    // Both formats have the same declarations of types. An ES module can import CommonJS's, but not the reverse.
    outputOptions: { codeSplitting, chunkFileNames: '[name]-[hash].cjs' },
  },
]);
