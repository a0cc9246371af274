import { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { readable } from './declaration-text.ts';

/** The members of the property or declaration of that name; none where it is something else than an object. */
export function membersOf(nodes: readonly ts.Node[], name: string): ts.PropertySignature[] {
  const node = nodes.find((candidate) => declaredName(candidate) === name);
  if (!node) return [];
  if (ts.isInterfaceDeclaration(node)) return node.members.filter(ts.isPropertySignature);
  const type = ts.isPropertySignature(node) ? node.type : undefined;
  return type && ts.isTypeLiteralNode(type) ? type.members.filter(ts.isPropertySignature) : [];
}

export function byNameOf(
  members: readonly ts.PropertySignature[],
): Map<string, ts.PropertySignature> {
  return new Map(members.map((member) => [nameOf(member), member]));
}

export function declaredName(node: ts.Node): string {
  if (ts.isPropertySignature(node)) return nameOf(node);
  const { name } = node as { name?: ts.Identifier };
  return name?.text ?? '';
}

export function nameOf({ name }: ts.PropertySignature): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name)
    ? name.text
    : '';
}

export function print(nodes: readonly ts.Node[]): string {
  return readable(astToString([...nodes]));
}
