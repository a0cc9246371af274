import { globSync } from 'node:fs';
import { defineConfig, type UserConfig } from 'tsdown';
import { clientName } from './src/server/server.gen.ts';

/**
 * The subpaths of the official package, and `fetch`. `core/error` and the like lead to the same files. `internal` is for
 * the mock.
 */
const subpaths = [
  'index',
  'fetch',
  'client',
  'error',
  'pagination',
  'resource',
  'api-promise',
  'version',
  'internal',
];

/**
 * As in the official package, a resource with children is a folder: `users` has the children as well, `users/users`
 * the resource alone. The manifest leads `users/index` to `users`.
 */
function resourceEntries(): [string, string][] {
  const files = globSync('src/resources/**/*.gen.ts', { cwd: import.meta.dirname }).sort();
  return files.map((file) => {
    const name = file.slice('src/'.length, -'.gen.ts'.length);
    if (name.endsWith('/index')) return [name.slice(0, -'/index'.length), file];
    const isFolder = files.includes(`src/${name}/index.gen.ts`);
    return [isFolder ? `${name}/${name.split('/').at(-1)}` : name, file];
  });
}

const shared: UserConfig = {
  entry: Object.fromEntries([
    ...subpaths.map((name) => [name, `src/${name}.ts`]),
    ...resourceEntries(),
  ]),
  target: 'es2022',
  fixedExtension: false,
  // The declarations of the types are taken in: one package less for consumers to install.
  deps: { alwaysBundle: ['@org/types'] },
  inputOptions: ({ plugins, ...options }) => ({
    ...options,
    // A bundler that inlines no constants of other modules would carry each of them as a variable.
    optimization: { inlineConst: { mode: 'all' } },
    plugins: [
      { name: 'names', transform: nameClient },
      plugins,
      { name: 'unmapped-types', transform: unmapTypes },
    ],
  }),
};

const types = /\/packages\/types\//;

/** The types' own source is not in the package: editors are to stop at the declarations. */
function unmapTypes(code: string, id: string) {
  return types.test(id) ? { code, map: { mappings: '' } } : undefined;
}

/** The core does not know the names of the document: its docstrings get them here. */
function nameClient(code: string, id: string) {
  if (!/\/packages\/client\/src\//.test(id)) return;
  const named = code
    .replaceAll('{ClientError}', `{${clientName}Error}`)
    .replaceAll(/\b(new|extends) Client\b/g, `$1 ${clientName}`);
  // Only comments change, so that the positions of the code stay as they are.
  return { code: named, map: null };
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
        ? { ...options, codeSplitting, chunkFileNames: 'chunks/[name]-[hash].cjs' }
        : {
            ...options,
            comments,
            chunkFileNames: 'chunks/[name]-[hash].cjs',
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
    outputOptions: { comments, chunkFileNames: 'chunks/[name]-[hash].js' },
  },
  {
    ...shared,
    format: 'esm',
    dts: { ...dts, dtsOnly: true },
    clean: false,
    // Both formats have the same declarations of types and of the core. An ES module can import CommonJS's, but not the
    // reverse: what imports a resource of this format is an ES module.
    outputOptions: {
      codeSplitting,
      chunkFileNames: ({ moduleIds }) =>
        moduleIds.every((id) => types.test(id) || /\/src\/(core|server)\//.test(id))
          ? 'chunks/[name]-[hash].cjs'
          : 'chunks/[name]-[hash].js',
    },
  },
]);
