import type { BuiltModel } from '../infer/build-model.ts';
import { resourcePath, walkResources } from '../infer/build-tree.ts';
import type { Operation, Resource } from '../model/model.ts';
import { readClient } from '../read/read-client.ts';
import { emitClient } from './client.ts';
import { emitIndex, exportsOf, type ResourceExports, typeNames } from './exports.ts';
import { Imports } from './imports.ts';
import { paragraphs } from './markdown.ts';
import { docOf, exampleOf } from './method-docs.ts';
import { pagingOf } from './paging.ts';
import { partsOf } from './request-parts.ts';
import { parameterList, signatureOf } from './signatures.ts';
import { jsdoc, notice, propertyName } from './text.ts';

const folder = 'packages/client/src/resources';

/** The client's resources: a file for each, an index for those with children, and the client. */
export function emitResources({ model, document }: BuiltModel): Record<string, string> {
  const operations = new Map(model.operations.map((operation) => [operation.id, operation]));
  const { name: client } = readClient(document);
  const files: Record<string, string> = {};
  const pageTypes = new Map<string, string>();
  const exports = new Map<Resource, ResourceExports>();
  for (const resource of walkResources(model.root)) {
    exports.set(resource, exportsOf(resource, operations, document));
  }
  for (const [resource, { aliases }] of exports) {
    const path = resourcePath(resource);
    if (resource.children.length > 0 && !resource.children.some(({ name }) => name === 'index')) {
      files[[folder, path, 'index.gen.ts'].filter(Boolean).join('/')] = emitIndex(
        resource,
        exports,
      );
    }
    if (resource === model.root) continue;
    for (const { name } of aliases) {
      if (name.endsWith('Page') && !pageTypes.has(name)) pageTypes.set(name, path);
    }
    // The tree was made of these operations.
    const own = resource.operations.map((id) => operations.get(id) as Operation);
    files[`${folder}/${path}.gen.ts`] = emitResource(resource, own, exports, client);
  }
  const [first] = model.operations;
  const example = first ? exampleOf(first) : [];
  files['packages/client/src/client.gen.ts'] = emitClient(
    model.root,
    model.title,
    pageTypes,
    example,
    document,
  );
  return files;
}

function emitResource(
  resource: Resource,
  operations: readonly Operation[],
  exports: ReadonlyMap<Resource, ResourceExports>,
  client: string,
): string {
  const own = exports.get(resource) as ResourceExports;
  const { types, aliases, schemas } = own;
  const imports = new Imports(resource);
  const methods = operations.map((operation) => emitMethod(operation, imports, client));
  const children = resource.children.map((child) => {
    const name = imports.child(child);
    return `${jsdoc([paragraphs(child.description) || `Calls under \`client.${child.path.join('.')}\`.`], '  ')}  readonly ${child.name}: ${name} = new ${name}(this._client);\n`;
  });
  // Not as declared properties: they would be circular with the names of the namespace.
  const statics = resource.children.map((child) => {
    const name = imports.child(child);
    return name === child.className ? name : `${child.className}: ${name}`;
  });
  for (const { type } of types) imports.type(type);
  for (const { type } of aliases) for (const [name] of type.matchAll(/\w+/g)) imports.known(name);
  const declared = aliases.map(
    ({ name, type }) => `export type ${name} = ${imports.rename(type)};\n`,
  );
  const names = typeNames(resource, own);
  const reexported = types
    .filter(({ as }) => names.includes(as))
    .map(({ type, as }) => named(imports.type(type), as, ''));
  const namespace = new Map<string, string>();
  const add = (name: string, text: () => string) => {
    if (!namespace.has(name)) namespace.set(name, text());
  };
  for (const { type, as } of types) add(as, () => named(imports.type(type), as));
  for (const { name } of aliases) add(name, () => `type ${name}`);
  for (const child of resource.children) {
    add(child.className, () => named(imports.child(child), child.className, ''));
    // As in the official package, a namespace has the types of its children as well.
    for (const name of typeNames(child, exports.get(child) as ResourceExports)) {
      if (!imports.isFree(name)) continue;
      add(name, () => `type ${imports.childType(child, name)}`);
    }
  }
  for (const name of schemas)
    if (imports.isFree(name)) add(name, () => named(imports.type(name), name));
  const members = [...namespace.values()];
  return [
    `// ${notice}\n`,
    imports.print(),
    '',
    ...(reexported.length > 0 ? [`export type { ${reexported.join(', ')} };`] : []),
    ...declared.map((text) => text.trimEnd()),
    ...(declared.length + reexported.length > 0 ? [''] : []),
    `${jsdoc([paragraphs(resource.description) || `Calls under \`client.${resource.path.join('.')}\`.`])}export class ${resource.className} extends APIResource {`,
    [...children, ...methods].join('\n').trimEnd(),
    ...(statics.length > 0
      ? ['', `  static {\n    Object.assign(this, { ${statics.join(', ')} });\n  }`]
      : []),
    '}',
    ...(members.length > 0
      ? [
          '',
          `export declare namespace ${resource.className} {`,
          `  export {\n    ${members.join(',\n    ')},\n  };`,
          '}',
        ]
      : []),
    '',
  ].join('\n');
}

function named(type: string, alias: string, prefix = 'type '): string {
  return type === alias ? `${prefix}${type}` : `${prefix}${type} as ${alias}`;
}

function emitMethod(operation: Operation, imports: Imports, client: string): string {
  const signature = signatureOf(operation);
  const doc = jsdoc(docOf(operation, signature, client), '  ');
  const returns = imports.rename(signature.returns);
  const list = parameterList(signature).map((parameter) => imports.rename(parameter));
  imports.option();
  const { result, action } = operation;
  const name = propertyName(action);
  const { setup, path, parts, options, helpers } = partsOf(operation, signature);
  for (const { file, name } of helpers) imports.helper(file, name);
  if (result.kind !== 'page') {
    imports.promise('APIPromise');
    const text = parts.length > 0 ? `, { ${parts.join(', ')} }` : ', undefined';
    return `${doc}  ${name}(${list.join(', ')}): ${returns} {\n${setup}    return this._client._call('${operation.method}', ${path}${text}, ${options});\n  }\n`;
  }
  imports.page(result.pageClass);
  const paging = pagingOf(result);
  if (paging) {
    imports.helper('paging', 'pagedBy');
    parts.push(`paging: ${paging}`);
  }
  imports.promise('PagePromise');
  const page = imports.rename(`${result.pageClass}<${result.item}>`);
  const body = `${setup}    return this._client._list(${page}, ${path}, { ${parts.join(', ')} }, ${options});\n`;
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
