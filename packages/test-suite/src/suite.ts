import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** The settings of all test suites: a readable report, and a JSON report that CI counts. */
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
