import { builtinModules, createRequire } from 'node:module';
import type { Plugin } from 'rolldown';
import { minifySync } from 'rolldown/utils';
import { type LicenseInfo, licensePlugin } from 'rolldown-license-plugin';

const isVendored = (id: string) => id.includes('/node_modules/') || id.startsWith('\0');

/** What Prism's packages ask for, and what they get in the bundle. */
const replacements: Record<string, string> = {
  // Prism uses the English data of faker alone; the package's main module holds all languages.
  '@faker-js/faker': '@faker-js/faker/locale/en',
  // Its main module is UMD, which hides its imports from bundlers.
  'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
};

/** The code that stands in for a package. */
const modules: Record<string, string> = {
  // The platform has it.
  'node-fetch': 'export default (...args) => globalThis.fetch(...args);',
  // For Prism's proxy, which the mock does not run.
  'http-proxy-agent': 'export const HttpProxyAgent = undefined;',
  'https-proxy-agent': 'export const HttpsProxyAgent = undefined;',
  // Prism's log lines, which are not printed here, have no colors.
  'supports-color': 'export const stdout = false, stderr = false;',
};

/** Bundles Prism: resolves what a bundler alone would resolve wrongly, or at the cost of much code. */
export function prism(): Plugin {
  return {
    name: 'prism',
    resolveId(id, importer, options) {
      if (id in modules) return `\0${id}`;
      const replacement = replacements[id];
      return replacement ? this.resolve(replacement, importer, options) : null;
    },
    load(id) {
      return id.startsWith('\0') ? (modules[id.slice(1)] ?? null) : null;
    },
    transform(code, id) {
      // CommonJS that exports by `this`, which a bundler takes for an ES module's: undefined.
      if (!id.includes('/uri-template-lite/')) return null;
      return code.replace('(this.URI || (this.URI = {}))', '(exports.URI || (exports.URI = {}))');
    },
  };
}

/**
 * Takes Node.js's own modules from `process` instead of importing them, so that bundlers for browsers have nothing to
 * resolve: there, the modules are empty, and only `startMock` needs them.
 *
 * @see https://nodejs.org/api/process.html#processgetbuiltinmoduleid (Node.js 20.16)
 */
export function builtinsAtRunTime(): Plugin {
  const prefix = '\0builtin:';
  const require = createRequire(import.meta.url);
  return {
    name: 'builtins-at-run-time',
    resolveId(id) {
      const name = id.replace(/^node:/, '');
      return builtinModules.includes(name) ? `${prefix}${name}` : null;
    },
    load(id) {
      if (!id.startsWith(prefix)) return null;
      const name = id.slice(prefix.length);
      const names = Object.keys(require(name)).filter((key) => /^[a-z]\w*$/i.test(key));
      return [
        `const builtin = globalThis.process?.getBuiltinModule?.('node:${name}') ?? {};`,
        'export default builtin;',
        `export const { ${names.filter((key) => key !== 'default').join(', ')} } = builtin;`,
      ].join('\n');
    },
  };
}

/** Minifies the chunks that hold nothing of this package: who debugs the mock reads its own code. */
export function minifyVendored(): Plugin {
  return {
    name: 'minify-vendored',
    renderChunk(code, { fileName, moduleIds }) {
      if (!moduleIds.every(isVendored)) return null;
      return minifySync(fileName, code, { module: fileName.endsWith('.js') });
    },
  };
}

/** Writes the licenses of all that is in the bundle beside it. A package without one fails the build. */
export function licenses(fileName: string): Plugin {
  return licensePlugin({
    failOnUnlicensed: true,
    done(packages, context) {
      context.emitFile({ type: 'asset', fileName, source: licenseFile(packages) });
    },
  }) as Plugin;
}

function licenseFile(packages: LicenseInfo[]): string {
  const sections = packages.map(
    ({ name, version, license, licenseText }) =>
      `${name}@${version} (${license})\n\n${licenseText.trim() || `Licensed under ${license}; the package holds no text of it.`}\n`,
  );
  const intro = `This package contains the code of ${packages.length} others.\n`;
  return [intro, ...sections].join(`\n${'-'.repeat(80)}\n\n`);
}
