import type { Document } from '@org/openapi';
import type { Resource } from '../model/model.ts';
import { pascalCase, typeName } from '../model/names.ts';
import type { Findings } from './findings.ts';

/** Names that would clash in TypeScript. */
export function checkNames(
  document: Document,
  root: Resource,
  { problems, listed }: Findings,
): void {
  const byType = new Map<string, string>();
  for (const name of Object.keys(document.components?.schemas ?? {})) {
    const type = typeName(name);
    const pointer = ['components', 'schemas', name];
    const other = byType.get(type);
    if (other !== undefined) {
      problems.add(
        'type-clash',
        pointer,
        `The schemas \`${other}\` and \`${name}\` would both get the type \`${type}\`. Rename one of them.`,
      );
    }
    byType.set(type, name);
    if (type !== name) {
      listed.add(
        'renamed-type',
        pointer,
        `The type of the schema \`${name}\` is called \`${type}\`.`,
      );
    }
  }
  for (const { className, name } of root.children) {
    const schema = byType.get(pascalCase(name));
    if (schema === undefined) continue;
    listed.add(
      'renamed-type',
      ['components', 'schemas', schema],
      `The class of \`client.${name}\` is called \`${className}\`, because \`${pascalCase(name)}\` is the type of a schema.`,
    );
  }
}
