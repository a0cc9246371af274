import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Registry } from './registry.ts';

/** What is installed once, from npm, so that every machine rehearses with the same package managers. */
export const managerPackages = [
  'npm@11.6.2',
  '@yarnpkg/cli-dist@4.18.1',
  `@oven/bun-${process.platform}-${process.arch}@1.4.5`,
  // The oldest Node.js that the packages say they run on. There is one package for each platform.
  `node-${process.platform}-${process.arch}@20.20.2`,
];

/** Runs a program in a folder; throws with its output where it fails. */
export type Run = (cwd: string, command: string, args: readonly string[]) => string;

/** A package manager, in one of its ways to lay packages out. */
export interface Manager {
  name: string;
  /** Installs packages into a new project. Returns what the manager printed. */
  install(folder: string, specs: readonly string[]): string;
  /** The command that runs a JavaScript file of the project. */
  node(folder: string): readonly [string, ...string[]];
  /** The path of `org-mock`'s JavaScript file. */
  bin(folder: string): string;
}

/** All of them, with the registry on this machine. `tools` is the folder that holds {@link managerPackages}. */
export function managers(registry: () => Registry, tools: string, run: Run): Manager[] {
  const tool = (path: string) => join(tools, 'node_modules', path);
  const oldNode = tool(`node-${process.platform}-${process.arch}/bin/node`);
  const project = (folder: string, files: Record<string, string> = {}) => {
    mkdirSync(folder, { recursive: true });
    const all = { 'package.json': '{ "private": true }', '.npmrc': registry().npmrc, ...files };
    for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  };
  const linked = {
    node: (): [string] => [process.execPath],
    bin: (folder: string) => join(folder, 'node_modules/@org/mock/dist/cli.js'),
  };
  const yarn = (linker: string, folder: string, specs: readonly string[]) => {
    const settings = [
      `nodeLinker: ${linker}`,
      `npmRegistryServer: '${registry().url}'`,
      "unsafeHttpWhitelist: ['127.0.0.1']",
      'npmMinimalAgeGate: 0',
      // What Yarn keeps of a registry is keyed by its host name alone: an earlier rehearsal's had another port.
      "globalFolder: './.yarn-global'",
      'enableGlobalCache: false',
      'enableTelemetry: false',
      'enableImmutableInstalls: false',
    ];
    // Yarn takes a folder for part of the project around it, unless it has a lockfile of its own.
    project(folder, { '.yarnrc.yml': `${settings.join('\n')}\n`, 'yarn.lock': '' });
    return run(folder, process.execPath, [tool('@yarnpkg/cli-dist/bin/yarn.js'), 'add', ...specs]);
  };

  return [
    {
      ...linked,
      name: 'npm',
      install(folder, specs) {
        project(folder);
        return run(folder, 'npm', ['install', '--no-audit', '--no-fund', ...specs]);
      },
    },
    {
      ...linked,
      name: 'npm --engine-strict, on Node.js 20',
      node: () => [oldNode],
      install(folder, specs) {
        project(folder);
        const npm = tool('npm/bin/npm-cli.js');
        return run(folder, oldNode, [
          ...[npm, 'install', '--engine-strict', '--no-audit', '--no-fund'],
          ...specs,
        ]);
      },
    },
    {
      ...linked,
      name: 'pnpm',
      install(folder, specs) {
        project(folder);
        return run(folder, 'pnpm', ['add', ...specs]);
      },
    },
    {
      ...linked,
      name: 'pnpm, without hoisting',
      install(folder, specs) {
        project(folder, { 'pnpm-workspace.yaml': 'hoist: false\nstrictDepBuilds: true\n' });
        return run(folder, 'pnpm', ['add', ...specs]);
      },
    },
    {
      ...linked,
      name: "Yarn, nodeLinker: 'node-modules'",
      install: (folder, specs) => yarn('node-modules', folder, specs),
    },
    {
      name: "Yarn, nodeLinker: 'pnp'",
      install(folder, specs) {
        const output = yarn('pnp', folder, specs);
        if (existsSync(join(folder, 'node_modules')))
          throw new Error('Expected no node_modules with Plug’n’Play.');
        return output;
      },
      node: () => [
        process.execPath,
        ...['--no-warnings', '--require', './.pnp.cjs', '--experimental-loader'],
        './.pnp.loader.mjs',
      ],
      bin: (folder) =>
        run(folder, process.execPath, [
          ...[tool('@yarnpkg/cli-dist/bin/yarn.js'), 'bin', 'org-mock'],
        ]).trim(),
    },
    {
      ...linked,
      name: 'Bun',
      install(folder, specs) {
        project(folder, { 'bunfig.toml': `[install]\nregistry = "${registry().url}"\n` });
        return run(folder, tool(`@oven/bun-${process.platform}-${process.arch}/bin/bun`), [
          'add',
          ...specs,
        ]);
      },
    },
  ];
}
