// node scripts/dev/suite.ts <command> [argument …]: suites that take minutes, each with a command in package.json.
import { runCommand } from '../lib/cli.ts';
import { exec } from '../lib/exec.ts';
import { runInTestWorkspace } from '../lib/test-workspace.ts';
import { turbo } from '../lib/turbo.ts';

interface Suite {
  /** Its summary, in one sentence. */
  summary: string;
  /** The packages that have to be built first. */
  build?: string[];
  /** Programs, run one after the other; arguments of the command go to the last one. */
  programs: string[][];
}

const vitest = (name: string, ...args: string[]) => [
  ...['pnpm', '--filter', `@org/${name}`, 'exec', 'vitest', 'run', ...args],
];
const release = ['--config', 'vitest.release.config.ts'];

const suites: Record<string, Suite> = {
  'test:runtimes': {
    summary: 'Runs the packed client on Node.js 20 to 26, Bun, Deno, workerd and Chromium.',
    build: ['client', 'mock'],
    programs: [vitest('client-tests', '--config', 'vitest.runtimes.config.ts')],
  },
  'test:inspector': {
    summary: "Tests the mock's page in Chromium: features, accessibility, restarts.",
    build: ['client', 'mock'],
    programs: [vitest('inspector', '--config', 'vitest.browser.config.ts')],
  },
  'test:load': {
    summary:
      'Tests the mock under load and malformed requests, spec:diff on random specs, hostile specs.',
    build: ['mock'],
    programs: [
      vitest('mock', '--config', 'vitest.load.config.ts'),
      vitest('spec-diff', '--config', 'vitest.fuzz.config.ts'),
      vitest('scripts', '--config', 'vitest.fuzz.config.ts'),
    ],
  },
  'test:release': {
    summary: 'Rehearses a release, checks a clone with a larger spec, and shares a build cache.',
    programs: [vitest('scripts', ...release)],
  },
  'test:inputs': {
    summary: "Runs each package's tests in a copy with only the inputs that turbo.json declares.",
    build: ['client', 'mock'],
    programs: [vitest('scripts', '--config', 'vitest.inputs.config.ts')],
  },
  'test:spec-edits': {
    summary: 'Makes each ordinary edit of the spec, and runs every check after it.',
    programs: [['env', 'SPEC_EDITS=full', ...vitest('scripts', ...release, 'spec-edits')]],
  },
  'test:remote-cache': {
    summary: 'Shares the build cache between two clones, with a server on this machine.',
    programs: [vitest('scripts', ...release, 'remote-cache')],
  },
  'release:rehearsal': {
    summary:
      'Releases to a registry on this machine, then installs and runs the released packages.',
    programs: [vitest('scripts', ...release, 'rehearsal')],
  },
  'bench:inspector': {
    summary: 'Measures the cost of an open inspector, and the response time of its page.',
    build: ['mock'],
    programs: [['node', 'packages/inspector/bench/load.ts']],
  },
  'inspector:screenshots': {
    summary: "Takes the inspector's screenshots for the READMEs.",
    build: ['mock'],
    programs: [['node', 'packages/inspector/scripts/screenshots.ts']],
  },
};

const [name = '', ...args] = process.argv.slice(2);
const suite = suites[name];
if (!suite) {
  console.error(`Unknown suite: ${name}. Expected one of: ${Object.keys(suites).join(', ')}.`);
  process.exit(1);
}
const isVitest = suite.programs.at(-1)?.includes('vitest');
const positionals = {
  name: '[filter …]',
  description: 'Only test files whose path contains this',
};
await runCommand(
  {
    name,
    summary: suite.summary,
    ...(isVitest ? { positionals } : {}),
    run(_, filters) {
      if (runInTestWorkspace('dev/suite.ts', [name, ...filters])) return;
      if (suite.build) turbo('build', suite.build);
      for (const [i, [program = '', ...rest]] of suite.programs.entries())
        exec(program, [...rest, ...(i === suite.programs.length - 1 ? filters : [])]);
    },
  },
  args,
);
