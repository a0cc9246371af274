import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts', 'src/fetch.ts'],
  format: ['esm', 'cjs'],
  // The declarations of the types are taken in: one package less for consumers to install.
  dts: { oxc: { stripInternal: true } },
  deps: { alwaysBundle: ['@org/types'] },
  target: 'es2022',
  fixedExtension: false,
  sourcemap: false,
  outputOptions: (options, format) => ({
    ...options,
    exports: 'named',
    // As with the official package, `require()` gives the class itself, and everything else as its properties.
    footer: ({ name }) =>
      format === 'cjs' && name === 'index'
        ? 'module.exports = Object.assign(exports.default, exports);'
        : '',
  }),
});
