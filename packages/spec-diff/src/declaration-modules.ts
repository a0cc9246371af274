import { posix } from 'node:path';
import ts from 'typescript';

/** The origin of a name: the module that declares it, and its name there. */
export interface Origin {
  module: Module;
  name: string;
}

export type Open = (path: string) => Module | undefined;

/** A file of declarations. */
export interface Module {
  path: string;
  file: ts.SourceFile;
  /** Name → its declarations: overloads, merged interfaces and namespaces have several. */
  locals: Map<string, ts.Node[]>;
  /** Exported name → local name, or the name in another module. */
  exported: Map<string, { name: string; from?: string }>;
  /** Modules of which everything is exported. */
  stars: string[];
  resolve(name: string, open: Open): Origin | undefined;
}

/** Reads the declarations, imports and exports of a file. Names of other packages are not resolved. */
export function moduleOf(path: string, text: string): Module {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const imported = new Map<string, { name: string; from: string }>();
  const module: Module = {
    path,
    file,
    locals: new Map(),
    exported: new Map(),
    stars: [],
    resolve(name, open) {
      if (module.locals.has(name)) return { module, name };
      const origin = imported.get(name);
      const other = origin && open(origin.from);
      return other ? exportsOf(other, open).get(origin.name) : undefined;
    },
  };
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) readImport(statement, path, imported);
    else if (ts.isExportDeclaration(statement)) readExport(statement, module);
    else if (ts.isExportAssignment(statement)) {
      module.exported.set('default', { name: statement.expression.getText(file) });
    } else for (const [name, node] of declaredBy(statement)) declare(module, statement, name, node);
  }
  return module;
}

/** All exports of a module, resolved to their declarations. */
export function exportsOf(
  module: Module,
  open: Open,
  seen: Set<Module> = new Set(),
): Map<string, Origin> {
  const all = new Map<string, Origin>();
  if (seen.has(module)) return all;
  seen.add(module);
  for (const path of module.stars) {
    const other = open(path);
    if (!other) continue;
    for (const [name, origin] of exportsOf(other, open, seen))
      if (name !== 'default') all.set(name, origin);
  }
  for (const [name, { name: local, from }] of module.exported) {
    const other = from === undefined ? undefined : open(from);
    const origin =
      from === undefined
        ? module.resolve(local, open)
        : other &&
          exportsOf(other, open, new Set([...seen].filter((each) => each !== other))).get(local);
    if (origin) all.set(name, origin);
  }
  seen.delete(module);
  return all;
}

function readImport(
  { importClause, moduleSpecifier }: ts.ImportDeclaration,
  path: string,
  imported: Map<string, { name: string; from: string }>,
): void {
  const from = pathOf(moduleSpecifier, path);
  if (!importClause || from === undefined) return;
  if (importClause.name) imported.set(importClause.name.text, { name: 'default', from });
  const bindings = importClause.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings)) return;
  for (const { name, propertyName } of bindings.elements) {
    imported.set(name.text, { name: (propertyName ?? name).text, from });
  }
}

function readExport({ exportClause, moduleSpecifier }: ts.ExportDeclaration, module: Module): void {
  const from = moduleSpecifier && pathOf(moduleSpecifier, module.path);
  if (moduleSpecifier && from === undefined) return;
  if (!exportClause) {
    if (from !== undefined) module.stars.push(from);
    return;
  }
  if (!ts.isNamedExports(exportClause)) return;
  for (const { name, propertyName } of exportClause.elements) {
    const local = (propertyName ?? name).text;
    module.exported.set(name.text, { name: local, ...(from !== undefined && { from }) });
  }
}

function declare(module: Module, statement: ts.Statement, name: string, node: ts.Node): void {
  module.locals.set(name, [...(module.locals.get(name) ?? []), node]);
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const has = (kind: ts.SyntaxKind) => modifiers.some((modifier) => modifier.kind === kind);
  if (!has(ts.SyntaxKind.ExportKeyword)) return;
  module.exported.set(has(ts.SyntaxKind.DefaultKeyword) ? 'default' : name, { name });
}

function declaredBy(statement: ts.Statement): [string, ts.Node][] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map((node) => [node.name.getText(), node]);
  }
  const { name } = statement as { name?: ts.Node };
  if (name && ts.isIdentifier(name)) return [[name.text, statement]];
  return ts.isClassDeclaration(statement) || ts.isFunctionDeclaration(statement)
    ? [['default', statement]]
    : [];
}

/** The path of a file of the package; undefined for another package. */
function pathOf(specifier: ts.Expression, from: string): string | undefined {
  if (!ts.isStringLiteral(specifier) || !specifier.text.startsWith('.')) return undefined;
  // In a bundle of declarations, `./chunk.js` refers to `./chunk.d.ts`.
  return posix.join(posix.dirname(from), specifier.text.replace(/\.js$/, '.d.ts'));
}
