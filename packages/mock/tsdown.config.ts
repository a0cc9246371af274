import { defineConfig, type UserConfig } from 'tsdown';
import { builtinsAtRunTime, licenses, minifyVendored, prism } from './build/vendored.ts';

// Prism's packages need a newer Node.js than their code does, run an install script, and leave a dependency unnamed.
// They are devDependencies, so they are taken into the bundle, and whoever installs the mock installs one package.
const shared: UserConfig = {
  dts: { oxc: { stripInternal: true } },
  target: 'es2022',
  fixedExtension: false,
  deps: { onlyBundle: false },
  // No comments that say where on this machine each module was.
  inputOptions: { experimental: { attachDebugInfo: 'none' } },
};

/** A shared chunk would be named after whichever module is its first. */
const nameChunk = ({ name, moduleIds }: { name: string; moduleIds: string[] }) =>
  moduleIds.some((id) => id.includes('/@stoplight/prism-http/dist/validator/'))
    ? 'prism-[hash].js'
    : `${name.replace(/^_+/, '')}-[hash].js`;

export default defineConfig([
  {
    ...shared,
    entry: ['src/index.ts', 'src/cli.ts'],
    format: ['esm'],
    // Served at `/_mock`, file by file, when it is asked for.
    copy: [{ from: '../inspector/dist', to: 'dist', rename: 'inspector' }],
    // Nothing is left that would need it.
    outputOptions: { polyfillRequire: false, chunkFileNames: nameChunk },
    plugins: [prism(), builtinsAtRunTime(), minifyVendored(), licenses('THIRD-PARTY-LICENSES.txt')],
  },
  {
    ...shared,
    entry: ['src/index.ts'],
    format: ['cjs'],
    plugins: [prism(), minifyVendored()],
    clean: false,
    // `import.meta.url` in CommonJS.
    shims: true,
  },
]);
