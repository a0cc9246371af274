import {
  type Document,
  deref,
  isReference,
  itemsOf,
  type KnownTypes,
  methods,
  type ParameterObject,
  type Schema,
  schemaName,
} from '@org/openapi';
import openapiTS, { type OpenAPI3 } from 'openapi-typescript';
import ts from 'typescript';
import type { BuiltModel } from '../infer/build-model.ts';
import { splitReadWrite } from '../infer/read-write.ts';
import type { Operation, Parameter } from '../model/model.ts';
import { pascalCase, singular, typeName } from '../model/names.ts';
import { ignoredHeaders } from '../read/read-operations.ts';
import { joinAlternatives, widenOtherProperties } from './alternatives.ts';
import { withNames, withNullCursors, withOperations, withoutAbsent } from './api-types.ts';
import { stateDiscriminators } from './discriminators.ts';
import { tidyComments } from './doc-comments.ts';
import { inline } from './markdown.ts';
import { hidePercentSigns } from './percent-names.ts';
import { withPlainWords } from './plain-words.ts';
import { describeParameter, jsdoc, literal, notice, propertyName, sentence } from './text.ts';
import {
  byNameOf,
  componentOf,
  declaredName,
  membersOf,
  nameOf,
  print,
  withSchemaNames,
} from './type-nodes.ts';

/**
 * The declarations of `@org/types`: openapi-typescript's, except that each schema is a separate declaration, and
 * that schemas refer to each other by name. Hovers and compiler messages then show names instead of bodies.
 */
export async function emitTypes(built: BuiltModel): Promise<Record<string, string>> {
  const { model } = built;
  // Some keywords are rewritten for openapi-typescript only; the mock reads a document of its own.
  const document = structuredClone(built.document);
  stateDiscriminators(document, (name) => built.schemaNames.has(name));
  joinAlternatives(document);
  widenOtherProperties(document);
  splitReadWrite(document, built.writable);
  const declared = await declarationsOf(document);
  const names = new Map(
    membersOf(membersOf(declared, 'components'), 'schemas').map((member) => [
      nameOf(member),
      typeName(nameOf(member)),
    ]),
  );
  const statements = declared.map((statement) => withSchemaNames(statement, names));
  const schemas = membersOf(membersOf(statements, 'components'), 'schemas');

  const known: KnownTypes = new Map();
  const declarations = schemas.map((member) => {
    const name = typeName(nameOf(member));
    const declaration = declare(name, member);
    const nested = nestedNames(document, document.components?.schemas?.[nameOf(member)], known);
    return print([declaration]) + namespaceOf(name, nested);
  });
  const interfaces = new Set(
    schemas
      .filter(({ type }) => type && ts.isTypeLiteralNode(type))
      .map((m) => typeName(nameOf(m))),
  );
  const generated: Generated = {
    operations: byNameOf(membersOf(statements, 'operations')),
    parameters: byNameOf(membersOf(membersOf(statements, 'components'), 'parameters')),
    interfaces,
  };
  const params = model.operations
    .filter(({ paramsType, body }) => paramsType !== undefined && paramsType !== body?.type)
    .map((operation) => declareParams(operation, generated));
  const lists = model.operations.filter(({ result }) => result.kind === 'page');
  const ids = new Set(lists.map(({ id }) => id));
  const tidy = (statement: ts.Node) =>
    withNullCursors(withoutAbsent(withOperations(withNames(statement, names))), ids);
  const rest = statements.filter(
    (statement) => !/^(webhooks|\$defs)$/.test(declaredName(statement)),
  );
  return {
    'packages/types/src/openapi.gen.d.ts': [
      `// ${notice}\n`,
      ...declarations,
      ...params,
      print(rest.map(tidy)),
    ].join('\n'),
  };
}

/** openapi-typescript's declarations of operations and shared parameters, by name. */
interface Generated {
  operations: ReadonlyMap<string, ts.PropertySignature>;
  parameters: ReadonlyMap<string, ts.PropertySignature>;
  /** The exported names that are interfaces, which an interface may extend. */
  interfaces: ReadonlySet<string>;
}

/** openapi-typescript's own declarations of any document, even without a model. */
export async function generateTypes(bundled: object): Promise<string> {
  const document = structuredClone(bundled) as Document;
  stateDiscriminators(document, () => true);
  joinAlternatives(document);
  widenOtherProperties(document);
  return print(await declarationsOf(document));
}

async function declarationsOf(document: object): Promise<ts.Node[]> {
  const copy = structuredClone(document);
  leaveOutIgnoredHeaders(copy as Document);
  const restoreNames = hidePercentSigns(copy);
  const binary = binarySchemas(copy as Document);
  const statements = await openapiTS(withPlainWords(copy as OpenAPI3), {
    transform: (schema) => (binary.has(schema) ? binaryType() : undefined),
    // `{ type: object }` allows any property.
    emptyObjectsUnknown: true,
    alphabetize: true,
    // A parameter that has a default may still be left out of a request.
    defaultNonNullable: false,
  });
  const restored = restoreNames(statements);
  for (const statement of restored) tidyComments(statement);
  return restored;
}

/** A program cannot set the headers that OpenAPI ignores as parameters. */
function leaveOutIgnoredHeaders(document: Document): void {
  for (const item of Object.values(document.paths ?? {})) {
    const pathItem = deref(document, item);
    for (const holder of [pathItem, ...methods.map((method) => pathItem?.[method])]) {
      if (!holder?.parameters) continue;
      holder.parameters = holder.parameters.filter((reference) => {
        const parameter: Partial<ParameterObject> = deref(document, reference) ?? {};
        return (
          parameter.in !== 'header' || !ignoredHeaders.has(String(parameter.name).toLowerCase())
        );
      });
    }
  }
}

/** Bodies that are sent unchanged. */
function binaryType(): ts.TypeNode {
  const names = ['Blob', 'ArrayBuffer', 'Uint8Array', 'ReadableStream'];
  return ts.factory.createUnionTypeNode(
    names.map((name) => ts.factory.createTypeReferenceNode(name)),
  );
}

/** The schemas of binary data in request bodies that are not JSON. */
function binarySchemas(document: Document): Set<object> {
  const found = new Set<object>();
  const seen = new Set<object>();
  const visit = (given: Schema | undefined) => {
    const schema = deref(document, given);
    if (!schema || seen.has(schema)) return;
    seen.add(schema);
    const isText = schema.contentEncoding !== undefined;
    if (schema.format === 'binary' || (schema.contentMediaType !== undefined && !isText))
      found.add(schema);
    for (const part of Object.values(schema.properties ?? {})) visit(part);
    if (typeof schema.items === 'object') visit(schema.items);
    for (const part of [schema.allOf, schema.anyOf, schema.oneOf].flat()) visit(part);
  };
  for (const item of Object.values(document.paths ?? {})) {
    for (const method of methods) {
      const body = deref(document, deref(document, item)?.[method]?.requestBody);
      for (const [type, media] of Object.entries(body?.content ?? {}))
        if (!/json\b/i.test(type)) visit(media.schema);
    }
  }
  return found;
}

/** A schema as an interface, or as an alias if it is not an object. */
function declare(name: string, member: ts.PropertySignature): ts.Statement {
  const modifiers = [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)];
  const { type } = member;
  const declaration =
    type && ts.isTypeLiteralNode(type)
      ? ts.factory.createInterfaceDeclaration(modifiers, name, undefined, undefined, type.members)
      : ts.factory.createTypeAliasDeclaration(
          modifiers,
          name,
          undefined,
          type ?? ts.factory.createKeywordTypeNode(ts.SyntaxKind.UnknownKeyword),
        );
  return ts.setSyntheticLeadingComments(declaration, ts.getSyntheticLeadingComments(member));
}

/** The params of a call: earlier path parameters, the query and headers, and the body's properties besides. */
function declareParams(
  { id, action, paramsType, pathParams, query, headers, body, summary }: Operation,
  generated: Generated,
): string {
  const name = paramsType ?? '';
  const comment = jsdoc([
    `The parameters of \`${action}\`${summary ? `: ${inline(summary)}` : ''}.`,
  ]);
  const members = [...pathParams, ...query, ...headers].map((parameter) => {
    const place = pathParams.includes(parameter)
      ? 'path'
      : headers.includes(parameter)
        ? 'header'
        : 'query';
    const type =
      parameter.style === 'json'
        ? parameter.type
        : parameterType(generated, id, place, parameter.name);
    return property(parameter, type);
  });
  if (body?.isProperty)
    members.push(
      `${jsdoc([sentence(body.description) || 'The body of the request.'], '    ')}    body${body.required ? '' : '?'}: ${body.type};\n`,
    );
  if (members.length === 0) return `${comment}export type ${name} = ${body?.type ?? 'object'};\n`;
  const literalType = `{\n${members.join('')}}`;
  if (!body || body.isProperty) return `${comment}export interface ${name} ${literalType}\n`;
  if (!generated.interfaces.has(body.type))
    return `${comment}export type ${name} = ${body.type} & ${literalType};\n`;
  return `${comment}export interface ${name} extends ${body.type} ${literalType}\n`;
}

function property(parameter: Parameter, type: string): string {
  const lines = [describeParameter(parameter)];
  if (parameter.example !== undefined) lines.push('', `@example ${literal(parameter.example)}`);
  const optional = parameter.required ? '' : '?';
  return `${jsdoc(lines, '    ')}    ${propertyName(parameter.property)}${optional}: ${type};\n`;
}

/** The type that openapi-typescript gave to a parameter, also to one that the operation refers to. */
function parameterType(
  { operations, parameters }: Generated,
  id: string,
  place: string,
  name: string,
): string {
  const operation = operations.get(id);
  const places = membersOf(membersOf(operation ? [operation] : [], id), 'parameters');
  const type = membersOf(places, place).find((member) => nameOf(member) === name)?.type;
  if (!type) return 'unknown';
  const shared = parameters.get(componentOf(type, 'parameters') ?? '')?.type;
  return print([shared ?? type]).trim();
}

/** The named parts of an object, by the property that holds them: `Member.Projects`, `Projects.Data`. */
function nestedNames(
  document: Document,
  schema: Schema | undefined,
  known: KnownTypes,
): Map<string, string> {
  const nested = new Map<string, string>();
  for (const [name, property] of Object.entries(schema?.properties ?? {})) {
    const items = itemsOf(document, property, known);
    const part = items ? reference(items) : reference(property);
    if (part === undefined) continue;
    const alias = pascalCase(items ? singular(name) : name);
    nested.set(/^\d/.test(alias) ? `_${alias}` : alias, typeName(part));
  }
  return nested;
}

/** The name that a property refers to, as itself or as "this or null". */
function reference(schema: Schema): string | undefined {
  if (isReference(schema)) return schemaName(schema);
  const alternatives = (schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []).filter(isReference);
  return alternatives.length === 1 ? schemaName(alternatives[0]) : undefined;
}

function namespaceOf(name: string, nested: ReadonlyMap<string, string>): string {
  if (nested.size === 0) return '';
  const exports = [...nested].map(([alias, type]) =>
    alias === type ? `type ${type}` : `type ${type} as ${alias}`,
  );
  return `export declare namespace ${name} {\n    export { ${exports.join(', ')} };\n}\n`;
}
