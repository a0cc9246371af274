import type { Document } from '@org/openapi';
import { clientExports } from '../model/client-core.ts';
import type { Model } from '../model/model.ts';
import { typeName } from '../model/names.ts';
import { readClient } from '../read/read-client.ts';
import type { Findings } from './findings.ts';

/** The client's class and its errors under names that nothing else in the package has. */
export function checkClientNames(
  document: Document,
  { root, operations }: Model,
  { problems }: Findings,
): void {
  const { name, aliases } = readClient(document);
  const isGiven = (document['x-client'] as { name?: unknown } | undefined)?.name === name;
  const taken = new Map<string, string>(
    clientExports.map((other) => [other, `\`${other}\`, which the client exports`]),
  );
  for (const schema of Object.keys(document.components?.schemas ?? {}))
    taken.set(typeName(schema), `the type of the schema \`${schema}\``);
  for (const { id, paramsType } of operations)
    if (paramsType !== undefined && !taken.has(paramsType))
      taken.set(paramsType, `the type of the parameters of \`${id}\``);
  for (const child of root.children)
    taken.set(child.className, `the class of \`client.${child.name}\``);
  const names = [name, ...aliases].map((each, i) => ({
    name: each,
    path: i === 0 ? (isGiven ? ['x-client', 'name'] : ['info', 'title']) : aliasAt(i - 1),
  }));
  for (const { name: each, path } of names) {
    for (const exported of [each, `${each}Error`]) {
      const other = taken.get(exported);
      if (other !== undefined)
        problems.add(
          'client-name',
          path,
          `The client would export \`${exported}\` and ${other}. Choose another name: \`x-client: { name: AcmeClient }\`.`,
        );
      else taken.set(exported, `\`${exported}\`, another name of the client`);
    }
  }
}

function aliasAt(index: number): string[] {
  return ['x-client', 'aliases', String(index)];
}
