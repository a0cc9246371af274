import type { Document, Problems } from '@org/openapi';
import type { Resource } from '../model/model.ts';
import { fileName, isLibraryType, pascalCase, typeName } from '../model/names.ts';
import type { SourceOperation } from '../read/read-operations.ts';

/** The tree of resources, in the order in which the document first names them. */
export function buildTree(
  document: Document,
  operations: readonly SourceOperation[],
  problems: Problems,
): Resource {
  const types = new Set(Object.keys(document.components?.schemas ?? {}).map(typeName));
  const root = createResource([], types);
  const files = new Map<string, string>();
  const tags = new Map((document.tags ?? []).map((tag) => [tag.name, tag.description ?? '']));
  for (const operation of operations) {
    let node = root;
    for (const [depth, name] of operation.resource.entries()) {
      let child = node.children.find((candidate) => candidate.name === name);
      if (!child) {
        child = createResource(operation.resource.slice(0, depth + 1), types);
        node.children.push(child);
        const file = resourcePath(child);
        const other = files.get(file);
        if (other !== undefined) {
          problems.add(
            'file-clash',
            [...operation.pointer, 'operationId'],
            `The resource \`${child.path.join('.')}\` would be in the same file as \`${other}\`: ${file}. Rename one of them.`,
          );
        }
        files.set(file, child.path.join('.'));
      }
      node = child;
    }
    node.operations.push(operation.id);
    node.description ||= tags.get(operation.object.tags?.[0] ?? '') ?? '';
  }
  return root;
}

/** @param types the names of schemas: the client exports them beside the classes of its root's resources */
function createResource(path: string[], types: ReadonlySet<string>): Resource {
  const name = path.at(-1) ?? '';
  let className = pascalCase(name);
  const isTaken = (one: string) => path.length === 1 && types.has(one);
  while (isLibraryType(className) || isTaken(className)) className += 'Resource';
  return { name, path, className, description: '', operations: [], children: [] };
}

/** The module of a resource without its ending: `admin/teams/members`. */
export function resourcePath(resource: Resource): string {
  return resource.path.map(fileName).join('/');
}

/** A resource and all below it. */
export function* walkResources(resource: Resource): Generator<Resource> {
  yield resource;
  for (const child of resource.children) yield* walkResources(child);
}
