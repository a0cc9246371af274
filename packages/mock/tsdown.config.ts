import { defineConfig } from 'tsdown';

export default defineConfig([
  {
    entry: ['src/index.ts', 'src/cli.ts'],
    format: ['esm'],
    dts: { oxc: true },
    target: 'es2022',
    fixedExtension: false,
  },
  {
    entry: ['src/index.ts'],
    format: ['cjs'],
    dts: { oxc: true },
    target: 'es2022',
    fixedExtension: false,
    clean: false,
    // `import.meta.url` in CommonJS.
    shims: true,
  },
]);
