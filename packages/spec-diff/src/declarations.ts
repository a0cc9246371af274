import { posix } from 'node:path';
import ts from 'typescript';
import type { Verdict } from './change/change.ts';
import { exportsOf, type Module, moduleOf } from './declaration-modules.ts';

/** A change in the declarations of a package. */
export interface PackageChange {
  verdict: Verdict;
  /** The package and the declaration: `@org/client › OrgClient`. */
  place: string;
  message: string;
}

/** The declarations that consumers see: each by name, with its members. */
export type Surface = ReadonlyMap<string, Declaration>;

interface Declaration {
  /** Whether consumers can import it, or only meet it in other declarations. */
  isExported: boolean;
  /** Member → text; a declaration without members has one without a name. */
  members: ReadonlyMap<string, string>;
}

/**
 * The declarations that a package's entries export, and those that they refer to, read from bundled declarations or from
 * sources. Internals of sources are stripped; comments and order do not count.
 *
 * @param read The text of a file, or undefined where there is none. Files whose name has `.gen.` are left to whoever
 *   judges what they are generated from.
 */
export function publicAPI(
  entries: readonly string[],
  read: (path: string) => string | undefined,
): Surface {
  const modules = new Map<string, Module | undefined>();
  const open = (path: string): Module | undefined => {
    if (!modules.has(path)) {
      const source = path.includes('.gen.') ? undefined : read(path);
      modules.set(
        path,
        source === undefined ? undefined : moduleOf(path, declarationsOf(path, source)),
      );
    }
    return modules.get(path);
  };
  const surface = new Map<string, Declaration>();
  const seen = new Set<ts.Node>();
  const waiting: { module: Module; name: string; as: string; isExported: boolean }[] = [];
  for (const entry of entries) {
    const module = open(entry);
    if (!module) continue;
    const prefix =
      entries.length > 1 && entry !== entries[0] ? `${posix.basename(entry).split('.')[0]} › ` : '';
    for (const [name, origin] of exportsOf(module, open)) {
      waiting.push({ ...origin, as: `${prefix}${name}`, isExported: true });
    }
  }
  for (const { module, name, as, isExported } of waiting) {
    const nodes = module.locals.get(name) ?? [];
    const members = new Map(nodes.flatMap((node) => membersOf(node, module.file)));
    const isKnown = nodes.every((node) => seen.has(node));
    if (members.size > 0 && (isExported || !isKnown)) surface.set(as, { isExported, members });
    for (const node of nodes) {
      if (seen.has(node)) continue;
      seen.add(node);
      for (const used of namesUsedIn(node)) {
        const origin = module.resolve(used, open);
        const isNew = origin?.module.locals.get(origin.name)?.some((each) => !seen.has(each));
        if (origin && isNew)
          waiting.push({ ...origin, as: withoutNumbers(origin.name), isExported: false });
      }
    }
  }
  return surface;
}

function declarationsOf(path: string, source: string): string {
  if (path.endsWith('.d.ts')) return source;
  const { outputText } = ts.transpileDeclaration(source, {
    fileName: path,
    // Not `removeComments`: it runs first, and removes the `@internal` tags as well.
    compilerOptions: { stripInternal: true, isolatedDeclarations: true },
  });
  return outputText;
}

function* namesUsedIn(node: ts.Node): Generator<string> {
  const open = [node];
  for (let each = open.pop(); each; each = open.pop()) {
    if (ts.isIdentifier(each)) yield each.text;
    ts.forEachChild(each, (child) => {
      open.push(child);
    });
  }
}

/** The members of a class, an interface, a type or a namespace; anything else is one text. */
function membersOf(node: ts.Node, file: ts.SourceFile): [string, string][] {
  const text = (part: ts.Node) => printed(part, file);
  if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node)) {
    const heritage = (node.heritageClauses ?? []).map(text).join(' ');
    const parameters = (node.typeParameters ?? []).map(text).join(', ');
    return [['', `${parameters} ${heritage}`.trim()], ...listed(node.members, file)];
  }
  if (ts.isTypeAliasDeclaration(node) && ts.isTypeLiteralNode(node.type)) {
    const parameters = (node.typeParameters ?? []).map(text).join(', ');
    return [['', parameters], ...listed(node.type.members, file)];
  }
  if (ts.isModuleDeclaration(node) && node.body && ts.isModuleBlock(node.body)) {
    return [['', ''], ...listed(node.body.statements, file)];
  }
  return [['', text(node)]];
}

/** Overloads of one name are one member. */
function listed(nodes: readonly ts.Node[], file: ts.SourceFile): [string, string][] {
  const members = new Map<string, string>();
  for (const node of nodes) {
    const isPrivate =
      ts.canHaveModifiers(node) &&
      ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
    const { name } = node as { name?: ts.Node };
    if (isPrivate || (name && ts.isPrivateIdentifier(name))) continue;
    const text = printed(node, file);
    const key = name
      ? name.getText(file)
      : ts.isConstructorDeclaration(node)
        ? 'constructor'
        : text;
    members.set(key, members.has(key) ? `${members.get(key)}\n${text}` : text);
  }
  return [...members];
}

const printer = ts.createPrinter({ removeComments: true });

function printed(node: ts.Node, file: ts.SourceFile): string {
  const text = printer.printNode(ts.EmitHint.Unspecified, node, file).replaceAll(/\s+/g, ' ');
  return withoutNumbers(text);
}

/** A bundler numbers names that several modules have; the numbers have no meaning. */
function withoutNumbers(text: string): string {
  return text.replaceAll(/(?<=\w)\$\d+\b/g, '');
}

/**
 * The changes in a package's declarations, by declaration and member. Removed and changed ones may break
 * programs; new ones do not, unless callers have to pass them.
 */
export function compareAPI(name: string, before: Surface, after: Surface): PackageChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): PackageChange[] => {
    const [old, now] = [before.get(key), after.get(key)];
    const place = `${name} › ${key}`;
    if (!now) return old?.isExported ? [{ verdict: 'breaking', place, message: 'Removed.' }] : [];
    if (!old) return now.isExported ? [{ verdict: 'addition', place, message: 'Added.' }] : [];
    const lost: PackageChange[] =
      old.isExported && !now.isExported
        ? [{ verdict: 'breaking', place, message: 'No longer exported.' }]
        : [];
    return [...lost, ...compareMembers(place, key, old, now)];
  });
}

function* compareMembers(
  declaration: string,
  key: string,
  before: Declaration,
  after: Declaration,
): Generator<PackageChange> {
  for (const member of new Set([...before.members.keys(), ...after.members.keys()])) {
    const [old, now] = [before.members.get(member), after.members.get(member)];
    if (old === now) continue;
    const place = member ? `${declaration} › ${shorten(member)}` : declaration;
    if (now === undefined) yield { verdict: 'breaking', place, message: 'Removed.' };
    else if (old === undefined) {
      // A new required property of arguments is missing in every existing call.
      const isDemand = /(Options|Params|Init|Rule|Settings)$/.test(key) && !/^[^(:]*\?/.test(now);
      yield isDemand
        ? { verdict: 'breaking', place, message: 'Added, and required.' }
        : { verdict: 'addition', place, message: 'Added.' };
    } else {
      yield {
        verdict: 'breaking',
        place,
        message: `Changed from ${quoted(old)} to ${quoted(now)}.`,
      };
    }
  }
}

function quoted(text: string): string {
  return `\`${shorten(text) || 'nothing'}\``;
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
