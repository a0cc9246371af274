import { posix } from 'node:path';
import type { BuiltModel } from '../build-model.ts';
import { resourcePath, walkResources } from '../build-tree.ts';
import type { Operation, Resource } from '../model.ts';
import { plural } from '../names.ts';
import { docOf } from './method-docs.ts';
import { parameterList, type Signature, signatureOf } from './signatures.ts';
import { jsdoc, notice, propertyName, quote } from './text.ts';

const folder = 'packages/client/src/resources';

/** Query parameters that the core has to be told of, because request options have the same names. */
const optionNames = new Set([
  'headers',
  'query',
  'timeout',
  'maxRetries',
  'signal',
  'idempotencyKey',
  'prefetch',
  'fetchOptions',
  'defaultBaseURL',
]);

/** The client's resources: a file each, and one that puts those of the root together. */
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
  files[`${folder}/resources.gen.ts`] = emitRoot(model.root, pageTypes);
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
    ...resource.children.flatMap(
      (child) => `type ${named(imports.child(child), child.className).replace(/^type /, '')}`,
    ),
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
  // Request options may stand in the place of the query; the core tells them apart.
  imports.queryOrOptions();
  const type = imports.rename(query.type);
  const either = list.map((parameter) =>
    parameter.replace(`query?: ${type}`, `query?: QueryOrOptions<${type}>`),
  );
  return `${doc}  ${name}(${either.join(', ')}): ${returns} {\n${body}  }\n`;
}

/** The parts of a request, and the statement that takes them out of the params. */
function partsOf(
  operation: Operation,
  { positional, params }: Signature,
): { setup: string; parts: string[] } {
  const { pathParams, query, body } = operation;
  const parts: string[] = [];
  let setup = '';
  const mixed = params?.name === 'params';
  // A variable of its own for each parameter, whatever it is called.
  const local = new Map<string, string>();
  for (const { name, argument } of [...pathParams, ...query]) {
    const plain =
      /^[A-Za-z_$][\w$]*$/.test(name) &&
      argument.toLowerCase() === name.replaceAll('_', '').toLowerCase();
    const variable = plain ? name : argument;
    local.set(
      name,
      [positional?.name, 'options', 'query', 'body'].includes(variable) ? `${variable}_` : variable,
    );
  }
  const bind = (name: string) =>
    local.get(name) === name ? name : `${propertyName(name)}: ${local.get(name)}`;
  const path = pathParams.map(({ name }) => bind(name));
  const last = operation.positional;
  if (last && positional) {
    path.push(
      last.name === positional.name ? last.name : `${propertyName(last.name)}: ${positional.name}`,
    );
  }
  if (path.length > 0) parts.push(`path: { ${path.join(', ')} }`);
  if (mixed) {
    const split = body ? [...pathParams, ...query] : pathParams;
    const rest = body ? 'body' : query.length > 0 ? 'query' : undefined;
    const names = [...split.map(({ name }) => bind(name)), ...(rest ? [`...${rest}`] : [])];
    const given = params.optional ? 'params ?? {}' : 'params';
    setup = `    const { ${names.join(', ')} } = ${given};\n`;
    if (body && query.length > 0)
      parts.push(`query: { ${query.map(({ name }) => bind(name)).join(', ')} }`);
    if (rest) parts.push(rest);
  } else if (params) {
    parts.push(params.name);
  }
  const own =
    operation.result.kind === 'page' ? query.filter(({ name }) => optionNames.has(name)) : [];
  if (own.length > 0) parts.push(`own: [${own.map(({ name }) => quote(name)).join(', ')}]`);
  return { setup, parts };
}

/** What a file imports. Types whose names the file has already are imported under another. */
class Imports {
  readonly #resource: Resource;
  readonly #types = new Map<string, string>();
  readonly #children = new Map<Resource, string>();
  readonly #pages = new Set<string>();
  readonly #promises = new Set<string>();
  readonly #options = new Set<string>();

  constructor(resource: Resource) {
    this.#resource = resource;
  }

  type(name: string): string {
    const known = this.#types.get(name);
    if (known) return known;
    const taken = [this.#resource, ...this.#resource.children].some(
      ({ className }) => className === name,
    );
    const local = taken ? `${name}Type` : name;
    this.#types.set(name, local);
    return local;
  }

  child(child: Resource): string {
    const local =
      child.className === this.#resource.className ? `${child.className}Resource` : child.className;
    this.#children.set(child, local);
    return local;
  }

  page(name: string): void {
    this.#pages.add(name);
  }

  promise(name: 'APIPromise' | 'PagePromise'): void {
    this.#promises.add(name);
  }

  option(): void {
    this.#options.add('RequestOptions');
  }

  queryOrOptions(): void {
    this.#options.add('QueryOrOptions');
  }

  /** A name that stands in a type: it is imported already, or one of the core's. */
  known(name: string): void {
    if (/^(ConversationCursor|Cursor|NextCursor|)Page$/.test(name)) this.page(name);
  }

  /** A type with the names that this file knows its parts by. */
  rename(type: string): string {
    return type.replaceAll(/\b[A-Z]\w*\b/g, (name) => {
      if (
        /^(APIPromise|PagePromise|RequestOptions|(ConversationCursor|Cursor|NextCursor|)Page)$/.test(
          name,
        )
      )
        return name;
      return this.type(name);
    });
  }

  print(): string {
    const depth = this.#resource.path.length;
    const core = (file: string) => `${'../'.repeat(depth)}core/${file}.ts`;
    const types = [...this.#types]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, local]) => (name === local ? name : `${name} as ${local}`));
    const lines: string[] = [];
    if (types.length > 0) lines.push(`import type { ${types.join(', ')} } from '@org/types';`);
    if (this.#options.size > 0) {
      lines.push(
        `import type { ${[...this.#options].sort().join(', ')} } from '${core('options')}';`,
      );
    }
    const pages = [...this.#pages].sort();
    if (this.#promises.has('PagePromise')) pages.push('type PagePromise');
    if (pages.length > 0) lines.push(`import { ${pages.join(', ')} } from '${core('page')}';`);
    if (this.#promises.has('APIPromise'))
      lines.push(`import type { APIPromise } from '${core('promise')}';`);
    lines.push(`import { APIResource } from '${core('resource')}';`);
    for (const [child, local] of this.#children) {
      const name = child.className === local ? local : `${child.className} as ${local}`;
      lines.push(
        `import { ${name} } from './${posix.relative(posix.dirname(resourcePath(this.#resource)), resourcePath(child))}.gen.ts';`,
      );
    }
    return lines.join('\n');
  }
}

/** The resources that a client has itself. */
function emitRoot(root: Resource, pageTypes: ReadonlyMap<string, string>): string {
  const lines = [`// ${notice}\n`, `import type { ResourceClient } from '../core/resource.ts';`];
  for (const child of root.children) {
    lines.push(`import { ${child.className} } from './${resourcePath(child)}.gen.ts';`);
  }
  lines.push('');
  for (const child of root.children) lines.push(`export { ${child.className} };`);
  for (const [name, path] of pageTypes)
    lines.push(`export type { ${name} } from './${path}.gen.ts';`);
  lines.push(
    '',
    '/** The resources at the root of the client, which extends this class. */',
    'export abstract class Resources {',
  );
  for (const child of root.children) {
    const doc = jsdoc([child.description || `Calls under \`client.${child.name}\`.`], '  ');
    lines.push(`${doc}  readonly ${child.name}: ${child.className};`);
  }
  lines.push('', '  /** @internal */', '  constructor(client: ResourceClient) {');
  for (const child of root.children) {
    lines.push(`    this.${child.name} = new ${child.className}(client);`);
  }
  lines.push('  }', '}', '');
  return lines.join('\n');
}
