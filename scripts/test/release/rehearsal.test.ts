import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { borrowedPackages, Clone } from '@org/test-suite/clone';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { managerPackages, managers } from './managers.ts';
import { Registry } from './registry.ts';

// A whole release, in order: each step stands on the one before it.
const packages = ['types', 'client', 'mock'] as const;
const compilers = { 'TypeScript 5.9': '5.9.3', 'TypeScript 6': '6.0.3', 'TypeScript 7': '7.0.2' };
const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
const tools = join(folder, 'tools');
const summary: string[][] = [];
let clone: Clone;
let registry: Registry;
let version = '';

/** The environment without what npm and pnpm hand on of their own settings, such as the registry they were told. */
function withoutPackageManager(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^p?npm_/i.test(name)));
}

/** Runs a program in a folder that knows only the registry on this machine; fails with its output. */
function run(cwd: string, command: string, args: readonly string[]): string {
  return start(cwd, command, args).stdout;
}

function start(cwd: string, command: string, args: readonly string[]) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...withoutPackageManager(process.env),
      ...borrowedPackages,
      NPM_CONFIG_USERCONFIG: join(folder, 'npmrc'),
      BUN_INSTALL_CACHE_DIR: join(folder, 'bun'),
    },
  });
  if (status !== 0) {
    const reason = error?.message ?? `exit code ${status}`;
    throw new Error(`${command} ${args.join(' ')} failed: ${reason}\n${stdout}${stderr}`);
  }
  return { stdout, output: stdout + stderr };
}
const manifestOf = (name: string) => JSON.parse(clone.read(`packages/${name}/package.json`));
const consumer = (name: string) => join(folder, name);

beforeAll(async () => {
  clone = new Clone();
  registry = await Registry.start(join(folder, 'registry'));
  writeFileSync(join(folder, 'npmrc'), registry.npmrc);
  mkdirSync(tools, { recursive: true });
  writeFileSync(join(tools, 'package.json'), '{ "private": true }');
  run(tools, 'npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...managerPackages]);
}, 300_000);
afterAll(() => {
  registry?.stop();
  clone?.remove();
  rmSync(folder, { recursive: true, force: true });
  const widths = [0, 1, 2].map((i) => Math.max(...summary.map((row) => row[i]?.length ?? 0)));
  console.log(
    [
      '',
      ...summary.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')),
    ].join('\n'),
  );
});

test('the version moves, the same for all, with changelogs', () => {
  if (!readdirSync(join(clone.path, '.changeset')).some((name) => name.endsWith('.md'))) {
    const bumps = packages.map((name) => `'@org/${name}': minor`).join('\n');
    clone.write('.changeset/rehearsal.md', `---\n${bumps}\n---\n\nA rehearsal.\n`);
  }
  run(clone.path, join(clone.path, 'node_modules/.bin/changeset'), ['version']);
  version = manifestOf('client').version;
  expect(version).not.toBe('0.0.0');
  for (const name of packages) {
    expect(manifestOf(name).version).toBe(version);
    const changelog = clone.read(`packages/${name}/CHANGELOG.md`);
    expect(changelog).toContain(`# @org/${name}\n\n## ${version}\n`);
    expect(changelog).toMatch(/### (Major|Minor|Patch) Changes\n\n- [0-9a-f]{7}: \S/);
  }
  summary.push(['version', version, 'types, client and mock']);
});

test('the build is packed, published from the tarballs, and tagged', () => {
  clone.commit('Release');
  const tarballs = join(folder, 'tarballs');
  run(clone.path, process.execPath, ['scripts/release/pack.ts', '--out', tarballs]);
  // As the workflow does it: in a folder that has the tarballs and nothing else.
  for (const name of packages) {
    // Provenance comes from GitHub, which is not here.
    const flags = ['--ignore-scripts', '--tag', 'latest', '--provenance=false'];
    run(tarballs, 'npm', ['publish', `${name}.tgz`, ...flags]);
  }
  const remote = join(folder, 'remote.git');
  run(folder, 'git', ['init', '-q', '--bare', remote]);
  clone.git('remote', 'add', 'origin', remote);
  run(clone.path, process.execPath, ['scripts/release/tag.ts', tarballs]);
  const tags = run(folder, 'git', ['--git-dir', remote, 'tag']).trim().split('\n');
  expect(tags.sort()).toEqual(packages.map((name) => `@org/${name}@${version}`).sort());
}, 120_000);

test('published versions are not packed again', () => {
  const again = join(folder, 'again');
  const pack = ['scripts/release/pack.ts', '--out', again];
  expect(() => run(clone.path, process.execPath, pack)).toThrow('pnpm pack:packages');
  const output = run(clone.path, process.execPath, [...pack, '--allow-empty']);
  expect(output).toContain('Nothing to publish');
  expect(readdirSync(again)).toEqual(['release.json']);
}, 120_000);

describe.each(packages)('@org/%s as it is published', (name) => {
  const home = () => join(folder, 'published', name);

  test('has its files, and no others', () => {
    mkdirSync(home(), { recursive: true });
    const tarball = run(home(), 'npm', ['pack', `@org/${name}@${version}`, '--silent']).trim();
    execFileSync('tar', ['xzf', tarball], { cwd: home() });
    const files = readdirSync(join(home(), 'package'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(home(), 'package/').length));
    expect(files).toEqual(
      expect.arrayContaining(['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE']),
    );
    const known = [
      /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|api\.md)$/,
      /^(dist|src)\/.+\.(js|cjs|d\.ts|d\.cts|d\.mts|json)$/,
      ...(name !== 'types' ? [/^dist\/.+\.d\.c?ts\.map$/, /^src\/.+\.ts$/] : []),
      /^dist\/inspector\/.+\.(html|js|css|svg)$/,
      /^dist\/(inspector\/)?THIRD-PARTY-LICENSES\.txt$/,
    ];
    const odd = files.filter((file) => !known.some((pattern) => pattern.test(file)));
    expect(odd).toEqual([]);
    if (name !== 'types') expect(files).toContain('dist/sbom.cdx.json');
    const sources = files
      .filter((file) => file.endsWith('.map'))
      .flatMap((file) => {
        const map: { sources: string[] } = JSON.parse(
          readFileSync(join(home(), 'package', file), 'utf8'),
        );
        return map.sources.map((source) => join(dirname(file), source));
      });
    expect(files).toEqual(expect.arrayContaining(sources));
    if (name === 'client') expect(sources).toContain('src/core/base-client.ts');
    if (name === 'mock') expect(sources).toContain('src/mock.ts');
    const size = statSync(join(home(), tarball)).size;
    summary.push([
      `@org/${name}`,
      `${files.length} files`,
      `${(size / 1000).toFixed(1)} kB packed`,
    ]);
    // The mock holds Prism, for ES modules and for CommonJS.
    expect(size).toBeLessThan(name === 'mock' ? 2_100_000 : 200_000);
  });

  test('has a manifest that holds outside of the repository', () => {
    const text = readFileSync(join(home(), 'package/package.json'), 'utf8');
    const manifest = JSON.parse(text);
    expect(text).not.toMatch(/workspace:|catalog:|link:|file:/);
    expect(manifest).toMatchObject({
      license: 'MIT',
      repository: { type: 'git', directory: `packages/${name}` },
      publishConfig: { access: 'public', provenance: true },
    });
    // The mock takes Node.js's own modules from `process.getBuiltinModule`, which came with 20.16.
    const engines = {
      types: { node: '>=20' },
      client: { node: '>=20' },
      mock: { node: '>=20.16' },
    };
    expect(manifest.engines).toEqual(engines[name]);
    for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) {
      expect(manifest.scripts?.[script]).toBeUndefined();
    }
  });

  test('names no path of the machine that built it', () => {
    const texts = readdirSync(join(home(), 'package'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    for (const text of texts) {
      expect(text).not.toContain(clone.path);
      expect(text).not.toContain(resolve(import.meta.dirname, '../../..'));
    }
  });
});

const allManagers = managers(
  () => registry,
  tools,
  (...command) => start(...command).output,
);
describe.each(allManagers)('in an empty folder, with $name', ({ name, install, node, bin }) => {
  const home = consumer(name.replaceAll(/\W+/g, '-'));

  test('client and mock are installed without a warning', () => {
    const output = install(
      home,
      packages.map((each) => `@org/${each}@${version}`),
    );
    cpSync(join(import.meta.dirname, 'consumers'), home, { recursive: true });
    expect(output).not.toMatch(
      /\bwarn(ing)?\b|YN00(02|05|60|86)|EBADENGINE|deprecated|build scripts/i,
    );
  }, 300_000);

  test('a program on the client lists the users of the command', async () => {
    const [program, ...flags] = node(home);
    const command = [...flags, bin(home), '--port', '0', '--data', 'users=25', '--log', 'none'];
    const mock = spawn(program, command, { cwd: home, stdio: ['ignore', 'ignore', 'pipe'] });
    try {
      const url = await new Promise<string>((found, failed) => {
        let output = '';
        mock.stderr.on('data', (chunk) => {
          output += chunk;
          const address = /http:\/\/\S+\/v1(?= )/.exec(output)?.[0];
          if (address) found(address);
        });
        mock.on('close', () => failed(new Error(output)));
      });
      for (const file of ['program.mjs', 'program.cjs']) {
        const output = run(home, program, [...flags, file, url]);
        expect(JSON.parse(output)).toEqual({ count: 25, first: true });
      }
      summary.push([`installed with ${name}`, 'client lists', 'ES module and CommonJS']);
    } finally {
      mock.kill();
    }
  }, 60_000);
});

test('the client brings two small packages along, and the mock none', () => {
  const installed = run(consumer('npm'), 'npm', ['ls', '--all', '--parseable']).trim().split('\n');
  const names = installed.slice(1).map((path) => path.split('/node_modules/').at(-1));
  expect(names.sort()).toEqual([
    '@org/client',
    '@org/mock',
    '@org/types',
    'openapi-fetch',
    'openapi-typescript-helpers',
  ]);
});

describe('consumers compile, their libraries checked as well', () => {
  beforeAll(() => {
    const aliases = Object.values(compilers).map(
      (each) => `typescript-${each}@npm:typescript@${each}`,
    );
    run(tools, 'npm', [
      ...['install', '--no-audit', '--no-fund', '--ignore-scripts'],
      ...[...aliases, 'jest@30.5.2'],
    ]);
  }, 300_000);

  const cases = Object.entries(compilers).flatMap(([compiler, release]) =>
    ['node16', 'nodenext', 'bundler'].flatMap((resolution) =>
      ['consumer.mts', 'consumer.cts'].map((file) => ({ compiler, release, resolution, file })),
    ),
  );
  test.each(cases)('$compiler, $resolution, $file', ({ compiler, release, resolution, file }) => {
    const module = resolution === 'bundler' ? 'preserve' : resolution;
    const config = {
      compilerOptions: {
        ...{ module, moduleResolution: resolution, target: 'es2022', noEmit: true, strict: true },
        ...{
          skipLibCheck: false,
          types: [],
          lib: ['es2023', 'esnext.disposable', 'dom', 'dom.iterable'],
        },
      },
      files: [file],
    };
    const path = join(consumer('npm'), `tsconfig.${release}.${resolution}.${file}.json`);
    writeFileSync(path, JSON.stringify(config));
    const program = join(tools, `node_modules/typescript-${release}/bin/tsc`);
    run(consumer('npm'), process.execPath, [program, '--project', path]);
    summary.push([compiler, resolution, file]);
  });

  test('Jest runs them at its defaults', () => {
    const program = join(tools, 'node_modules/jest/bin/jest.js');
    run(consumer('npm'), process.execPath, [program, '--rootDir', consumer('npm')]);
    summary.push(['Jest', '30.5.2', 'defaults']);
  }, 120_000);
});
