import ts from 'typescript';
import { declaredName, membersOf, nameOf } from './type-nodes.ts';

/** `components.schemas`, whose members refer to the declarations above. */
export function withNames(statement: ts.Node, names: ReadonlyMap<string, string>): ts.Node {
  if (declaredName(statement) !== 'components' || !ts.isInterfaceDeclaration(statement)) {
    return statement;
  }
  const { factory } = ts;
  const members = statement.members.map((member) => {
    if (!ts.isPropertySignature(member) || nameOf(member) !== 'schemas') return member;
    const references = [...names].map(([schema, name]) =>
      factory.createPropertySignature(
        undefined,
        /^[A-Za-z_$][\w$]*$/.test(schema) ? schema : factory.createStringLiteral(schema),
        undefined,
        factory.createTypeReferenceNode(name),
      ),
    );
    const type = references.length > 0 ? factory.createTypeLiteralNode(references) : member.type;
    return factory.createPropertySignature(undefined, 'schemas', undefined, type);
  });
  const { modifiers, name } = statement;
  return factory.createInterfaceDeclaration(modifiers, name, undefined, undefined, members);
}

/** `paths`, with the methods that each path has: openapi-typescript lists those that it lacks and repeats parameters. */
export function withOperations(statement: ts.Node): ts.Node {
  if (declaredName(statement) !== 'paths' || !ts.isInterfaceDeclaration(statement)) {
    return statement;
  }
  const { factory } = ts;
  const members = statement.members.map((member) => {
    if (!ts.isPropertySignature(member) || !member.type || !ts.isTypeLiteralNode(member.type))
      return member;
    const operations = membersOf([member], nameOf(member)).filter(
      (method) => !method.questionToken && nameOf(method) !== 'parameters',
    );
    return factory.updatePropertySignature(
      member,
      member.modifiers,
      member.name,
      member.questionToken,
      factory.createTypeLiteralNode(operations),
    );
  });
  const { modifiers, name } = statement;
  return factory.createInterfaceDeclaration(modifiers, name, undefined, undefined, members);
}

/** `operations` in which the cursor of a list may be null, which is not sent, as in the client's lists. */
export function withNullCursors(statement: ts.Node, lists: ReadonlySet<string>): ts.Node {
  if (declaredName(statement) !== 'operations') return statement;
  const visit = (node: ts.Node, path: readonly string[]): ts.Node => {
    if (!ts.isPropertySignature(node))
      return ts.visitEachChild(node, (child) => visit(child, path), undefined);
    const [id = '', ...place] = [...path, nameOf(node)];
    if (path.length > 0 && !lists.has(id)) return node;
    if (place.join('.') !== 'parameters.query.after' || !node.type) {
      return ts.visitEachChild(node, (child) => visit(child, [id, ...place]), undefined);
    }
    const { factory } = ts;
    const { modifiers, name, questionToken, type } = node;
    const nullable = factory.createUnionTypeNode([
      type,
      factory.createLiteralTypeNode(factory.createNull()),
    ]);
    return factory.updatePropertySignature(node, modifiers, name, questionToken, nullable);
  };
  return visit(statement, []);
}

const optional = new Set(['pathItems', 'requestBodies', 'requestBody']);

/** Leaves out empty properties of `operations` and `components`, which openapi-fetch treats as missing. */
export function withoutAbsent(statement: ts.Node): ts.Node {
  if (!/^(components|operations)$/.test(declaredName(statement))) return statement;
  const visit = (node: ts.Node): ts.Node | undefined => {
    const isAbsent =
      ts.isPropertySignature(node) &&
      node.type?.kind === ts.SyntaxKind.NeverKeyword &&
      optional.has(nameOf(node));
    return isAbsent ? undefined : ts.visitEachChild(node, visit, undefined);
  };
  return ts.visitEachChild(statement, visit, undefined);
}
