import { defineConfig, type UserConfig } from 'tsdown';
import { builtinsAtRunTime, licenses, minifyVendored, prism } from './build/vendored.ts';

// Prism's packages need a newer Node.js than their code does, run an install script, and leave a dependency unnamed.
// They are devDependencies, so they are taken into the bundle, and whoever installs the mock installs one package.
const shared: UserConfig = {
  target: 'es2022',
  fixedExtension: false,
  // `AsyncDisposable`, whatever `lib` the program that compiles them has.
  banner: { dts: '/// <reference lib="esnext.disposable" />' },
  deps: { onlyBundle: false },
  inputOptions: ({ plugins, ...options }) => ({
    ...options,
    plugins: [plugins, { name: 'unmapped-types', transform: unmapTypes }],
    // Redocly's index has all of its linter.
    treeshake: {
      moduleSideEffects: [{ test: /\/node_modules\/@redocly\//, sideEffects: false }],
    },
    // No comments that say where on this machine each module was.
    experimental: { ...options.experimental, attachDebugInfo: 'none' },
  }),
};

/** Editors follow the maps from a declaration to its source, in `src`. */
const dts = { generator: 'oxc' as const, oxc: { stripInternal: true }, sourcemap: true };

const types = /\/packages\/(?:types|codegen|openapi)\//;

/** The source of types of other packages is not in this one: editors are to stop at the declarations. */
function unmapTypes(code: string, id: string) {
  return types.test(id) ? { code, map: { mappings: '' } } : undefined;
}

/** An editor takes the next mapping for one that is missing, so that the types have a file, and a map, of their own. */
const codeSplitting = { groups: [{ name: 'types.d', test: types }] };

/** What the mock alone uses of others has a chunk of its own, which can be minified. */
const vendored = {
  groups: [
    {
      name: 'ajv',
      test: /\/node_modules\/(?:ajv|ajv-formats|fast-\w+(?:-\w+)?|json-schema-traverse)\//,
    },
    // What every chunk shares would otherwise be put into one of those that are loaded late.
    { name: 'shared', test: /^\0builtin:|\/node_modules\/@stoplight\/types\// },
    // Loaded with `--spec`, and for `/openapi.yaml`.
    { name: 'yaml', test: /\/node_modules\/yaml\// },
    // Loaded with `--spec` alone.
    {
      name: 'openapi',
      test: /\/node_modules\/(?:@redocly\/openapi-core\/|@stoplight\/yaml-ast-parser\/|fnv-plus\/|js-yaml\/dist\/js-yaml\.mjs$)/,
    },
  ],
};

/** The docstrings are in the declarations and in the sources. */
const comments = { jsdoc: false };

/** A shared chunk would be named after whichever module is its first. */
const nameChunk = ({ name, moduleIds }: { name: string; moduleIds: string[] }) =>
  moduleIds.some((id) => id.includes('/@stoplight/prism-http/dist/validator/'))
    ? 'prism-[hash].js'
    : `${name.replace(/^_+/, '')}-[hash].js`;

export default defineConfig([
  {
    ...shared,
    entry: { index: 'src/index.ts', cli: 'src/cli/main.ts' },
    format: ['esm'],
    dts: false,
    // Served at `/_mock`, file by file, when it is asked for.
    copy: [{ from: '../inspector/dist', to: 'dist', rename: 'inspector' }],
    // Nothing is left that would need it.
    outputOptions: {
      comments,
      polyfillRequire: false,
      chunkFileNames: nameChunk,
      codeSplitting: vendored,
    },
    plugins: [prism(), builtinsAtRunTime(), minifyVendored(), licenses('THIRD-PARTY-LICENSES.txt')],
  },
  {
    ...shared,
    entry: ['src/index.ts'],
    format: ['cjs'],
    dts,
    plugins: [prism(), minifyVendored()],
    clean: false,
    // `import.meta.url` in CommonJS.
    shims: true,
    outputOptions: (options, _, { cjsDts }) => ({
      ...options,
      ...(cjsDts ? { codeSplitting } : { comments }),
    }),
  },
  {
    ...shared,
    entry: ['src/index.ts'],
    format: ['esm'],
    dts: { ...dts, dtsOnly: true },
    clean: false,
    // Both formats have the same declarations of types. An ES module can import CommonJS's, but not the reverse.
    outputOptions: { codeSplitting, chunkFileNames: '[name]-[hash].cjs' },
  },
]);
