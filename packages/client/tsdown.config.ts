import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm', 'cjs'],
  dts: { oxc: true },
  target: 'es2022',
  fixedExtension: false,
  sourcemap: false,
});
