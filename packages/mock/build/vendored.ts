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
  // Documents are OpenAPI 3.0 and later.
  '@stoplight/http-spec/oas2/operation': 'export const transformOas2Operations = undefined;',
  '@stoplight/http-spec/postman/operation':
    'export const transformPostmanCollectionOperations = undefined;',
  // The mock serves a document, whatever its style.
  './lint-source.ts': 'export const lintSource = undefined;',
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
      const patch = patches.find(({ file }) => id.endsWith(file));
      if (!patch) return null;
      return patch.replace.reduce((patched, [from, to]) => {
        if (!patched.includes(from)) this.error(`The patch “${patch.name}” no longer applies.`);
        return patched.replace(from, to);
      }, code);
    },
  };
}

/** What is changed in the code of others. A patch that no longer applies fails the build. */
const patches: { name: string; file: string; replace: [from: string, to: string][] }[] = [
  {
    name: 'exports by `this`, which a bundler takes for an ES module’s: undefined',
    file: '/uri-template-lite/index.js',
    replace: [['(this.URI || (this.URI = {}))', '(exports.URI || (exports.URI = {}))']],
  },
  {
    name: 'exports where there is a `require`, which an ES module has not',
    file: '/pluralize/pluralize.js',
    replace: [["typeof require === 'function' && ", '']],
  },
  {
    // It writes the pointer of every part of a document, of which only those in circles are used.
    name: 'pointers where a document refers to itself alone',
    file: '/@stoplight/json/index.cjs.js',
    replace: [
      [
        'return t?{$ref:t}:(r.set(n,pathToPointer(o))',
        'return t?{$ref:pathToPointer(t)}:(r.set(n,o)',
      ],
    ],
  },
  {
    // `src/prism/schemas.ts` has the mock's, and replaces the only function that uses these.
    name: 'no Ajv instances of Prism’s own',
    file: '/prism-http/dist/validator/validators/utils.js',
    replace: [
      ['default: createAjvInstances(ajv_1.default),', ''],
      ['draft2019_09: createAjvInstances(_2019_1.default),', ''],
      ['draft2020_12: createAjvInstances(_2020_1.default),', ''],
      ['const ajv_1 = require("ajv");', ''],
      ['const _2019_1 = require("ajv/dist/2019");', ''],
      ['const _2020_1 = require("ajv/dist/2020");', ''],
      ['const ajv_formats_1 = require("ajv-formats");', ''],
    ],
  },
  {
    // `src/prism/security.ts` checks credentials.
    name: 'no security of Prism’s own, which brings along all of lodash/fp',
    file: '/prism-http/dist/validator/index.js',
    replace: [['var security_1 = require("./validators/security");', 'var security_1 = {};']],
  },
];

/**
 * What Node.js loads when it is first read, such as undici for `http.WebSocket`, and nothing in the bundle uses: reading
 * them takes a tenth of the start.
 */
const loadedOnUse: ReadonlySet<string> = new Set([
  ...['BlockList', 'CloseEvent', 'MessageEvent', 'SocketAddress', 'WebSocket'],
  ...['subtle', 'webcrypto', 'stderr', 'stdin', 'stdout'],
]);

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
      const names = Object.keys(require(name)).filter(
        (key) => /^[a-z]\w*$/i.test(key) && !loadedOnUse.has(key),
      );
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
    // The last step: what comes after `renderChunk` would print the code in lines again.
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk' || !chunk.moduleIds.every(isVendored)) continue;
        const module = chunk.fileName.endsWith('.js');
        chunk.code = minifySync(chunk.fileName, chunk.code, { module }).code;
      }
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
