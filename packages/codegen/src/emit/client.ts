import type { Document } from '@org/openapi';
import { resourcePath } from '../infer/build-tree.ts';
import { readAuth } from '../infer/read-auth.ts';
import { namespaceTypes, staticPages } from '../model/client-core.ts';
import type { Resource } from '../model/model.ts';
import { readClient } from '../read/read-client.ts';
import { inline, paragraphs } from './markdown.ts';
import { jsdoc, notice } from './text.ts';

/**
 * The client's class: the resources of the root, as properties and as names in its namespace.
 *
 * @param title the title of the document
 * @param pageTypes the names of page types, and the resources whose files export them
 * @param example a call to show, as a list of lines
 */
export function emitClient(
  root: Resource,
  title: string,
  pageTypes: ReadonlyMap<string, string>,
  example: readonly string[],
  document: Document,
): string {
  const { name: client, aliases, headers } = readClient(document);
  const [key] = readAuth(document).schemes;
  const classes = root.children.map(({ className }) => className);
  const pages = staticPages.filter((name) => !classes.includes(name));
  const statics = [...classes, ...pages];
  // A resource takes precedence over a core type with the same name.
  const core = Object.entries(namespaceTypes).flatMap(([file, names]) => {
    const free = names.filter((name) => !classes.includes(name));
    return free.length > 0 ? [{ file, names: free }] : [];
  });
  return [
    `// ${notice}\n`,
    ...core.map(
      ({ file, names }) =>
        `import ${file === 'page' ? '' : 'type '}{ ${names.map((name) => (file !== 'page' || pages.includes(name) ? name : `type ${name}`)).join(', ')} } from './core/${file}.ts';`,
    ),
    "import { BaseClient } from './core/base-client.ts';",
    `import type { ${client}Error } from './server/base-error.gen.ts';`,
    ...root.children.map(
      (child) => `import { ${child.className} } from './resources/${resourcePath(child)}.gen.ts';`,
    ),
    '',
    ...classes.map((name) => `export type { ${name} };`),
    ...[...pageTypes].map(
      ([name, path]) => `export type { ${name} } from './resources/${path}.gen.ts';`,
    ),
    '',
    jsdoc([
      `A client for the API "${inline(title)}".`,
      '',
      '@example',
      '```ts',
      `const client = new ${client}();${key?.env ? ` // the key comes from ${key.env}` : ''}`,
      ...example,
      '```',
    ]).trimEnd(),
    `export class ${client} extends BaseClient {`,
    `  declare static readonly ${client}Error: typeof ${client}Error;`,
    ...aliases.flatMap((alias) => [
      `  declare static readonly ${alias}Error: typeof ${client}Error;`,
      '',
      `  /** The class itself, also called \`${alias}\`. */`,
      `  static readonly ${alias}: typeof ${client} = ${client};`,
    ]),
    ...headers.flatMap(({ option, header }) => [
      '',
      `  /** The value of the header \`${header}\`, or null. */`,
      `  declare readonly ${option}: string | null;`,
    ]),
    ...root.children.flatMap(({ name, className, description }) => [
      '',
      jsdoc([paragraphs(description) || `Calls under \`client.${name}\`.`], '  ').trimEnd(),
      `  readonly ${name}: ${className} = new ${className}(this._client);`,
    ]),
    ...(statics.length > 0
      ? ['', `  static {\n    Object.assign(this, { ${statics.join(', ')} });\n  }`]
      : []),
    '}',
    '',
    `/** The client's types and classes as its members: \`${aliases[0] ?? client}.RequestOptions\`. */`,
    `export declare namespace ${client} {`,
    '  export {',
    ...[...classes, ...core.flatMap(({ names }) => names).sort()].map(
      (name) => `    ${statics.includes(name) ? '' : 'type '}${name},`,
    ),
    '  };',
    '}',
    '',
    `export { ${[...aliases, 'default'].map((alias) => `${client} as ${alias}`).join(', ')} };`,
    '',
  ].join('\n');
}
