import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** What every test suite has in common: a readable report, and one that CI counts from. */
export function suite(name: string, test: ViteUserConfig['test'] = {}): ViteUserConfig {
  return defineConfig({
    test: {
      name,
      reporters: ['default', ['json', { outputFile: `reports/${name}.json` }]],
      testTimeout: 60_000,
      hookTimeout: 60_000,
      ...test,
    },
  });
}
