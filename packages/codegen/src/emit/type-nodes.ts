import { visible } from '@org/openapi';
import { astToString } from 'openapi-typescript';
import ts from 'typescript';

/** The members of the property or declaration of that name; empty if it is not an object. */
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

/** The text of declarations. In its string literals, invisible characters are escapes. */
export function print(nodes: readonly ts.Node[]): string {
  return astToString([...nodes])
    .split('\n')
    .map(visible)
    .join('\n');
}

/** The node, in which schemas are called by their names: `components["schemas"]["team-member"]` → `TeamMember`. */
export function withSchemaNames<T extends ts.Node>(node: T, names: ReadonlyMap<string, string>): T {
  const visit = (child: ts.Node): ts.Node => {
    const schema = componentOf(child, 'schemas');
    const name = schema === undefined ? undefined : names.get(schema);
    return name === undefined
      ? ts.visitEachChild(child, visit, undefined)
      : ts.factory.createTypeReferenceNode(name);
  };
  // A declaration stays the kind of node that it is: only types inside of it are replaced.
  return ts.visitEachChild(node, visit, undefined);
}

/** The name in `components["schemas"]["name"]`, for the given kind of component; undefined for other types. */
export function componentOf(node: ts.Node, kind: string): string | undefined {
  const name = indexOf(node);
  if (name === undefined || !ts.isIndexedAccessTypeNode(node)) return undefined;
  const { objectType } = node;
  if (indexOf(objectType) !== kind || !ts.isIndexedAccessTypeNode(objectType)) return undefined;
  const { objectType: root } = objectType;
  const isRoot =
    ts.isTypeReferenceNode(root) &&
    ts.isIdentifier(root.typeName) &&
    root.typeName.text === 'components';
  return isRoot ? name : undefined;
}

/** The text in `type["text"]`. */
function indexOf(node: ts.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isLiteralTypeNode(node.indexType)) return undefined;
  const { literal } = node.indexType;
  return ts.isStringLiteral(literal) ? literal.text : undefined;
}
