import { type LicenseInfo, licensePlugin } from 'rolldown-license-plugin';
import { defineConfig } from 'vite';

/** The mock that `pnpm dev` shows: start one with `pnpm mock`. */
const mock = process.env['ORG_MOCK_URL'] ?? 'http://127.0.0.1:4010';

export default defineConfig({
  // Where the mock serves the page; assets are below it.
  base: '/_mock/',
  build: {
    target: 'es2022',
    // One page, one script, one stylesheet, and Markdown for those who open an operation: nothing to preload.
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      plugins: [
        licensePlugin({
          failOnUnlicensed: true,
          done: (packages, { emitFile }) => {
            const source = packages.map(licenseText).join('\n\n');
            emitFile({ type: 'asset', fileName: 'THIRD-PARTY-LICENSES.txt', source });
          },
        }),
      ],
      output: {
        entryFileNames: 'assets/inspector.js',
        chunkFileNames: 'assets/[name].js',
        assetFileNames: 'assets/inspector[extname]',
      },
    },
  },
  server: {
    // Below /_mock/, what is not the page itself is the control API; all else is the mocked API.
    proxy: {
      '^/_mock/(?!src/|@|node_modules/|assets/|index.html|$)': { target: mock },
      '^/(?!_mock)': { target: mock },
    },
  },
});

function licenseText({ name, version, license, licenseText: text }: LicenseInfo): string {
  return `${name}@${version} (${license})\n\n${text.trim()}`;
}
