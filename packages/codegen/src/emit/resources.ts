import type { BuiltModel } from '../build-model.ts';
import { resourcePath, walkResources } from '../build-tree.ts';
import type { Operation, Resource } from '../model.ts';
import { plural } from '../names.ts';
import { emitClient } from './client.ts';
import { Imports } from './imports.ts';
import { docOf, exampleOf } from './method-docs.ts';
import { partsOf } from './request-parts.ts';
import { parameterList, signatureOf } from './signatures.ts';
import { jsdoc, notice, propertyName, quote } from './text.ts';

const folder = 'packages/client/src/resources';

/** The client's resources: a file each, and the client that has those of the root. */
export function emitResources({ model }: BuiltModel): Record<string, string> {
  const operations = new Map(model.operations.map((operation) => [operation.id, operation]));
  const files: Record<string, string> = {};
  const pageTypes = new Map<string, string>();
  for (const resource of walkResources(model.root)) {
    if (resource === model.root) continue;
    // The tree was made of these operations.
    const own = resource.operations.map((id) => operations.get(id) as Operation);
    const path = `${folder}/${resourcePath(resource)}.gen.ts`;
    const types = aliasesOf(own);
    for (const { name } of types) {
      if (name.endsWith('Page') && !pageTypes.has(name))
        pageTypes.set(name, resourcePath(resource));
    }
    files[path] = emitResource(resource, own, types);
  }
  const [first] = model.operations;
  const example = first ? exampleOf(first) : [];
  files['packages/client/src/client.gen.ts'] = emitClient(
    model.root,
    model.title,
    pageTypes,
    example,
  );
  return files;
}

/** A type of a resource's namespace, besides those that `@org/types` exports. */
interface Alias {
  name: string;
  type: string;
}

function emitResource(
  resource: Resource,
  operations: readonly Operation[],
  aliases: readonly Alias[],
): string {
  const imports = new Imports(resource);
  const methods = operations.map((operation) => emitMethod(operation, imports));
  const children = resource.children.map((child) => {
    const name = imports.child(child);
    return `${jsdoc([child.description || `Calls under \`client.${child.path.join('.')}\`.`], '  ')}  readonly ${child.name}: ${name} = new ${name}(this._client);\n`;
  });
  const types = [...new Set(operations.flatMap(typesOf))].sort();
  for (const type of types) imports.type(type);
  for (const { type } of aliases) for (const [name] of type.matchAll(/\w+/g)) imports.known(name);
  const members = [
    ...types.map((type) => named(imports.type(type), localName(type, operations))),
    ...aliases.map(({ name }) => `type ${name}`),
    ...resource.children.map((child) => named(imports.child(child), child.className)),
  ];
  const declared = aliases.map(
    ({ name, type }) => `export type ${name} = ${imports.rename(type)};\n`,
  );
  return [
    `// ${notice}\n`,
    imports.print(),
    '',
    ...declared.map((text) => text.trimEnd()),
    ...(declared.length > 0 ? [''] : []),
    `${jsdoc([resource.description || `Calls under \`client.${resource.path.join('.')}\`.`])}export class ${resource.className} extends APIResource {`,
    [...children, ...methods].join('\n').trimEnd(),
    '}',
    ...(members.length > 0
      ? [
          '',
          `export declare namespace ${resource.className} {`,
          `  export {\n    ${[...new Set(members)].join(',\n    ')},\n  };`,
          '}',
        ]
      : []),
    '',
  ].join('\n');
}

function named(type: string, alias: string): string {
  return type === alias ? `type ${type}` : `type ${type} as ${alias}`;
}

/** In its resource's namespace a type is named after the resource alone, whatever distinguishes it elsewhere. */
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
  const given =
    result.kind === 'page' ? result.item : result.kind === 'value' ? result.type : 'unknown';
  return [given, paramsType, body?.type].filter(
    (type) => type !== undefined && type !== 'unknown',
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
    } else if (result.kind === 'value') {
      add(`${callName}Response`, result.type);
    }
  }
  return aliases;
}

function emitMethod(operation: Operation, imports: Imports): string {
  const signature = signatureOf(operation);
  const doc = jsdoc(docOf(operation, signature), '  ');
  const returns = imports.rename(signature.returns);
  const list = parameterList(signature).map((parameter) => imports.rename(parameter));
  imports.option();
  const { result, action } = operation;
  const name = propertyName(action);
  const { setup, parts } = partsOf(operation, signature);
  const path = quote(operation.path);
  if (result.kind !== 'page') {
    imports.promise('APIPromise');
    const text = parts.length > 0 ? `, { ${parts.join(', ')} }` : ', undefined';
    return `${doc}  ${name}(${list.join(', ')}): ${returns} {\n${setup}    return this._client.call('${operation.method}', ${path}${text}, options);\n  }\n`;
  }
  imports.page(result.pageClass);
  imports.promise('PagePromise');
  const page = imports.rename(`${result.pageClass}<${result.item}>`);
  const body = `${setup}    return this._client.list(${page}, ${path}, { ${parts.join(', ')} }, options);\n`;
  const query = signature.params;
  if (query?.name !== 'query' || !query.optional) {
    return `${doc}  ${name}(${list.join(', ')}): ${returns} {\n${body}  }\n`;
  }
  // Request options may be passed instead of the query; the core tells them apart.
  imports.queryOrOptions();
  const type = imports.rename(query.type);
  const either = list.map((parameter) =>
    parameter.replace(`query?: ${type}`, `query?: QueryOrOptions<${type}>`),
  );
  return `${doc}  ${name}(${either.join(', ')}): ${returns} {\n${body}  }\n`;
}
