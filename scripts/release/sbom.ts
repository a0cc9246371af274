// pnpm release:sbom: writes the software bill of materials (CycloneDX) of client and mock into their builds.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, runCommand } from '../lib/cli.ts';
import { root } from '../lib/repo.ts';
import { writeFiles } from '../lib/write-files.ts';

/** The parts of a CycloneDX document that are changed here. */
interface Bom {
  serialNumber?: string;
  metadata: { timestamp?: string; component: { 'bom-ref': string } };
  components: {
    'bom-ref': string;
    name: string;
    group?: string;
    version: string;
    scope?: string;
  }[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

await runCommand({
  name: 'release:sbom',
  summary: 'Writes the software bill of materials of @org/client and @org/mock into their builds.',
  run() {
    write('client', read('client', '--prod'));
    // All that the mock needs is in its bundle: devDependencies and what the private packages among them depend on. The
    // build lists those that it took in.
    write('mock', only(bundled(), read('mock')));
  },
});

function read(name: string, ...scope: string[]): Bom {
  const format = ['--sbom-format', 'cyclonedx', '--sbom-spec-version', '1.6'];
  const args = ['--filter', `@org/${name}`, 'sbom', ...format, ...scope];
  const bom: Bom = JSON.parse(
    execFileSync('pnpm', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 }),
  );
  // Both are optional, and would make each build of one commit another: see `pnpm release:verify`.
  delete bom.serialNumber;
  delete bom.metadata.timestamp;
  // pnpm lists them in the order in which it has read their manifests.
  const byRef = (a: string, b: string) => (a < b ? -1 : 1);
  bom.components.sort((a, b) => byRef(a['bom-ref'], b['bom-ref']));
  for (const { dependsOn } of bom.dependencies) dependsOn.sort(byRef);
  bom.dependencies.sort((a, b) => byRef(a.ref, b.ref));
  return bom;
}

function write(name: string, bom: Bom): void {
  const path = `packages/${name}/dist/sbom.cdx.json`;
  writeFiles({ [join(root, path)]: `${JSON.stringify(bom, null, 2)}\n` });
  console.log(`Wrote ${path} (${bom.components.length} components)`);
}

/** `name@version` of every package in the mock's bundle. */
function bundled(): Set<string> {
  const path = 'packages/mock/dist/THIRD-PARTY-LICENSES.txt';
  let text: string;
  try {
    text = readFileSync(join(root, path), 'utf8');
  } catch {
    throw new CommandError(`${path} is missing. Run: pnpm build`);
  }
  return new Set([...text.matchAll(/^(\S+@\d\S*) \(.+\)$/gm)].map((match) => match[1] ?? ''));
}

/** The bill with only the components of the bundle, all of them required. */
function only(names: Set<string>, bom: Bom): Bom {
  const nameOf = ({ group, name, version }: Bom['components'][number]) =>
    `${group ? `${group}/` : ''}${name}@${version}`;
  const components = bom.components
    .filter((component) => names.has(nameOf(component)))
    .map((component) => ({ ...component, scope: 'required', properties: [] }));
  const missing = [...names].filter((name) => !components.some((each) => nameOf(each) === name));
  if (missing.length > 0) {
    throw new CommandError(
      `Expected the lockfile to hold everything in the bundle; it lacks ${missing.join(', ')}. Run: pnpm build`,
    );
  }
  const refs = new Set(components.map((each) => each['bom-ref']));
  const self = bom.metadata.component['bom-ref'];
  const dependencies = bom.dependencies
    .filter(({ ref }) => ref === self || refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.has(each)) }));
  return { ...bom, components, dependencies };
}
