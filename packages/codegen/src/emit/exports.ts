import type { BuiltModel } from '../infer/build-model.ts';
import { resourcePath, walkResources } from '../infer/build-tree.ts';
import type { Operation, Resource } from '../model/model.ts';
import { plural, typeName } from '../model/names.ts';
import { componentReferences } from '../read/references.ts';
import { notice } from './text.ts';

/** A type of a resource's own, besides those that `@org/types` exports: `type RoleListResponse = AssignedRole`. */
interface Alias {
  name: string;
  type: string;
}

/** A type of `@org/types` that a resource exports, and the name that it has there. */
interface ExportedType {
  type: string;
  as: string;
}

/** The exports of a resource's module and namespace, besides its class. */
export interface ResourceExports {
  /** Types that the resource's calls take and return. */
  types: ExportedType[];
  aliases: Alias[];
  /** Schemas that the types of its children refer to, for the namespace only. */
  schemas: string[];
}

export function exportsOf(
  resource: Resource,
  operations: ReadonlyMap<string, Operation>,
  document: BuiltModel['document'],
): ResourceExports {
  // The tree was made of these operations.
  const own = resource.operations.map((id) => operations.get(id) as Operation);
  const types = [...new Set(own.flatMap(typesOf))].sort();
  const below = resource.children.flatMap((child) =>
    [...walkResources(child)].flatMap((each) => each.operations),
  );
  const used = below.flatMap((id) => typesOf(operations.get(id) as Operation));
  return {
    types: types.map((type) => ({ type, as: localName(type, own) })),
    aliases: aliasesOf(own),
    schemas: componentReferences(document, used, typeName),
  };
}

/** The names of the types that a resource's module exports. */
export function typeNames(resource: Resource, { types, aliases }: ResourceExports): string[] {
  const taken = new Set([resource, ...resource.children].map(({ className }) => className));
  const names = [...types.map((each) => each.as), ...aliases.map(({ name }) => name)];
  return [...new Set(names)].filter((name) => !taken.has(name));
}

/** The module `resources/users/index`: a resource with its children, under the names that are free. */
export function emitIndex(
  resource: Resource,
  exports: ReadonlyMap<Resource, ResourceExports>,
): string {
  const taken = new Set<string>();
  const lines: string[] = [];
  const isRoot = resource.path.length === 0;
  for (const each of isRoot ? resource.children : [resource, ...resource.children]) {
    // Every resource has an entry.
    const { className } = each;
    const types = typeNames(each, exports.get(each) as ResourceExports);
    const names = [className, ...types].filter((name) => !taken.has(name));
    for (const name of names) taken.add(name);
    const path =
      each === resource
        ? `../${resourcePath(each).split('/').at(-1)}`
        : `./${resourcePath(each).split('/').at(-1)}`;
    const list = names.map((name) => (name === className ? name : `type ${name}`));
    if (list.length > 0) lines.push(`export { ${list.join(', ')} } from '${path}.gen.ts';`);
  }
  return [`// ${notice}\n`, ...lines, ''].join('\n');
}

/** In its resource's namespace, a type is named after the resource only, without a prefix. */
function localName(type: string, operations: readonly Operation[]): string {
  for (const operation of operations) {
    if (operation.paramsType === type && type !== operation.body?.type)
      return `${operation.callName}Params`;
  }
  return type;
}

/** Types that a resource's calls take and give. */
function typesOf(operation: Operation): string[] {
  const { result, paramsType, body } = operation;
  const given = result.kind === 'page' ? result.item : result.kind === 'value' ? result.type : '';
  return [...given.split(' | '), paramsType, body?.type].filter(
    (type) => type !== undefined && !/^(|unknown|undefined|string|Response)$/.test(type),
  ) as string[];
}

/** Names that the official package gives to pages and results: after the item, and after the call. */
function aliasesOf(operations: readonly Operation[]): Alias[] {
  const taken = new Set(operations.flatMap(typesOf));
  const aliases: Alias[] = [];
  const add = (name: string, type: string) => {
    if (taken.has(name) || type === 'unknown') return;
    taken.add(name);
    aliases.push({ name, type });
  };
  for (const { callName, result } of operations) {
    if (result.kind === 'page') {
      const page = `${result.pageClass}<${result.item}>`;
      add(`${plural(result.item)}Page`, page);
      add(`${callName}Response`, result.item);
      add(`${callName}ResponsesPage`, page);
    } else if (isSchema(result)) {
      add(`${callName}Response`, result.type);
    }
  }
  return aliases;
}

/** Whether a result has the type of a schema: a text and a response are the platform's. */
function isSchema(
  result: Operation['result'],
): result is Extract<Operation['result'], { kind: 'value' }> {
  return result.kind === 'value' && result.read === undefined;
}
