import type { Config, NormalizedNodeType, Oas3Visitor, UserContext } from '@redocly/openapi-core';
import { closest } from '../closest.ts';
import { methods } from '../document.ts';
import { isMediaType, isStatus } from '../http-names.ts';
import { nameOf, operatorsIn } from '../path-template.ts';
import { expressionOf } from '../pattern.ts';

/** The names of the checks in Redocly's configuration. */
export const structureRules = {
  error: 'struct',
  warning: 'struct-warning',
  pattern: 'pattern',
} as const;

/**
 * Adds checks to the walk that bundles a document: whatever has another structure than OpenAPI's is reported with its
 * location. What cannot be read is an error; for the rest there are warnings. Redocly's linter has a rule for this, which
 * takes a walk of its own, and refuses documents that can be used. It has none for patterns.
 *
 * @param isLinted whether the linter's rule runs, so that patterns alone are checked here
 */
export function checkStructure(config: Config, isLinted: boolean): void {
  const { error, warning, pattern } = structureRules;
  const oas3 = {
    [error]: (): Oas3Visitor => ({ any: reportErrors }),
    [warning]: (): Oas3Visitor => {
      const ids = new Set<string>();
      return { any: (node: unknown, context: Context) => reportFlaws(node, context, ids) };
    },
    [pattern]: (): Oas3Visitor => ({ Schema: reportPattern }),
  };
  config.plugins.push({ id: 'structure', decorators: { oas3 } });
  const own = isLinted ? {} : { [error]: 'error', [warning]: 'warn' };
  for (const version of ['oas3_0', 'oas3_1', 'oas3_2'] as const)
    Object.assign(config.decorators[version], { ...own, [pattern]: 'warn' });
}

type Context = UserContext & { ignoreNextVisitorsOnNode(): void };

/** Fields without which a part has no effect at all. */
const needed: Record<string, readonly string[]> = {
  Parameter: ['name', 'in'],
  Server: ['url'],
  SecurityScheme: ['type'],
};

/** Fields that have to have their type: the document cannot be read otherwise. */
const typed = /^(?:required|enum|operationId|name|in|url|\$ref)$/;

/** Reports what cannot be read, and keeps other visitors away from it. */
function reportErrors(node: unknown, context: Context): void {
  const { type, location, report, ignoreNextVisitorsOnNode } = context;
  if (type.name === 'SpecExtension') return;
  const message = otherType(node, context);
  if (message !== undefined) {
    // An empty part can be read: it is a flaw.
    if (node === null) return;
    report({ message });
    ignoreNextVisitorsOnNode();
    return;
  }
  if (Array.isArray(node)) return;
  const fields = node as Record<string, unknown>;
  for (const name of missingFields(fields, context)) {
    if (needed[type.name]?.includes(name)) report({ message: missing([name], type) });
  }
  for (const [name, value] of Object.entries(fields)) {
    const problem = typed.test(name) ? otherValue(name, value, type) : undefined;
    const path = type.name === 'Paths' && /^(?!\/|x-)/.test(name);
    if (problem !== undefined) report({ message: problem, location: location.child([name]).key() });
    if (path) {
      const sentence = `The path \`${name}\` has no leading slash. Write \`/${name}\`.`;
      report({ message: sentence, location: location.child([name]).key() });
    }
  }
}

/**
 * Reports fields that are missing, unknown, or have another type. The document can be read all the same.
 *
 * @param ids gets the ids of operations
 */
function reportFlaws(node: unknown, context: Context, ids: Set<string>): void {
  const { type, location, report } = context;
  if (type.name === 'SpecExtension') return;
  if (node === null) {
    report({ message: otherType(node, context) ?? '' });
    return;
  }
  if (typeof node !== 'object' || Array.isArray(node)) return;
  const fields = node as Record<string, unknown>;
  for (const name of missingFields(fields, context)) {
    if (!needed[type.name]?.includes(name)) report({ message: missing([name], type) });
  }
  const alternatives = type.requiredOneOf ?? [];
  if (alternatives.length > 0 && !alternatives.some((name) => Object.hasOwn(fields, name)))
    report({ message: missing(alternatives, type) });
  for (const [name, value] of Object.entries(fields)) {
    if (type.name === 'Paths') reportPath(name, context);
    if (typed.test(name) || (type.name === 'Paths' && !name.startsWith('/'))) continue;
    const message =
      otherName(name, type) ?? otherValue(name, value, type) ?? unknownField(name, value, type);
    if (message !== undefined) report({ message, location: location.child([name]).key() });
  }
  if (type.name === 'PathItem') reportPathParameters(fields, context);
  if (type.name === 'Operation') reportID(fields, context, ids);
}

/** Reports a pattern that JavaScript does not know. */
function reportPattern(schema: unknown, { report, location }: Context): void {
  // It may be empty, or a boolean.
  const { pattern } = (schema ?? {}) as { pattern?: unknown };
  if (typeof pattern !== 'string' || expressionOf(pattern)) return;
  const message = `\`${pattern}\` is not a regular expression of JavaScript, so the mock does not check it. Correct or remove it.`;
  report({ message, location: location.child(['pattern']).key() });
}

/** What is wrong if a part is a list instead of an object, for example. */
function otherType(node: unknown, { type, location, key }: Context): string | undefined {
  const wanted = type.items ? 'list' : 'object';
  const found = typeOf(node);
  if (found === (type.items ? 'array' : 'object')) return undefined;
  const name = location.pointer === '#/' ? 'the file' : `\`${key}\``;
  const kind = /^(?:Paths|Responses|SpecExtension)$|List$|Map$|Properties$|Of$/.test(type.name)
    ? ''
    : ` (${type.name})`;
  return `Expected ${wanted === 'list' ? 'a list' : `an object${kind}`}: ${name} is ${named[found]}.`;
}

function missingFields(fields: object, { type, key }: Context): string[] {
  const required =
    typeof type.required === 'function' ? type.required(fields, key) : (type.required ?? []);
  return required.filter((name) => !Object.hasOwn(fields, name));
}

/** @param names the field, or several of which one is enough */
function missing(names: readonly string[], { name: type }: NormalizedNodeType): string {
  const part = type === 'Root' ? 'document' : type;
  const list = names.map((name) => `\`${name}\``).join(', ');
  return names.length === 1
    ? `The ${part} has no ${list}. Add it.`
    : `The ${part} has none of ${list}. Add one.`;
}

/** A type of a field, as the walk knows it: that of a part, of a plain value, or null if it may be anything. */
type FieldType = ReturnType<typeof fieldType>;

function fieldType(name: string, value: unknown, type: NormalizedNodeType) {
  const own = Object.hasOwn(type.properties, name) ? type.properties[name] : undefined;
  const found = own === undefined ? type.additionalProperties : own;
  return typeof found === 'function' ? found(value, name) : found;
}

/** What is wrong with the value of a field: another type, or none of the values that it may have. */
function otherValue(name: string, value: unknown, type: NormalizedNodeType): string | undefined {
  // Of `properties`, it is a name.
  const isName = type.name === 'SchemaProperties' && typeof value === 'object' && value !== null;
  if (name === '$ref' && typeof value !== 'string' && !isName)
    return `Expected a string: \`$ref\` is ${named[typeOf(value)]}.`;
  const field: FieldType = fieldType(name, value, type);
  if (field === null || field === undefined || 'name' in field) return undefined;
  // What a reference refers to is checked where it is.
  if (isReference(value)) return undefined;
  if (field.enum && !field.enum.includes(value as string))
    return `\`${name}\` cannot be ${JSON.stringify(value)}. Use one of: ${field.enum.join(', ')}.`;
  const wanted = field.type;
  if (wanted === undefined || field.enum) return undefined;
  const found = typeOf(value);
  const isWanted = found === wanted || (wanted === 'integer' && Number.isInteger(value));
  if (isWanted) return undefined;
  const advice =
    name === 'required' && found === 'boolean' && type.name === 'Schema'
      ? ' Write the names of required properties beside `properties`: `required: [id]`.'
      : '';
  return `Expected ${named[wanted] ?? wanted}: \`${name}\` is ${named[found]}.${advice}`;
}

/** What is wrong with a key that HTTP has rules for. */
function otherName(name: string, { name: type }: NormalizedNodeType): string | undefined {
  if (type === 'Responses' && !isStatus(name) && !name.startsWith('x-'))
    return `\`${name}\` is not a status. Write one such as \`200\` or \`4XX\`, or \`default\`.`;
  if (type === 'MediaTypesMap' && !isMediaType(name))
    return `\`${name}\` is not a media type. Write one such as \`application/json\`.`;
  return undefined;
}

function unknownField(name: string, value: unknown, type: NormalizedNodeType): string | undefined {
  if (name.startsWith('x-') || fieldType(name, value, type) !== undefined) return undefined;
  const [near] = closest(name, Object.keys(type.properties));
  const advice = near === undefined ? 'Correct or remove it.' : `Did you mean \`${near}\`?`;
  return `Unexpected field \`${name}\`. ${advice}`;
}

/** Reports what a path has that no request can match, or that is more than the name of a parameter. */
function reportPath(path: string, { report, location }: Context): void {
  const at = location.child([path]).key();
  for (const part of operatorsIn(path)) {
    const name = nameOf(part.slice(1, -1));
    const message = /^\{[?&#]/.test(part)
      ? `The path ends in \`${part}\`, which OpenAPI does not have. Describe a query in \`parameters\`.`
      : `The path has \`${part}\`, which OpenAPI does not have. Write \`{${name}}\`, which is one segment.`;
    report({ message, location: at });
  }
  const [rest] = /[?#].*$/.exec(path.replaceAll(/\{[^{}]*\}/g, '')) ?? [];
  if (rest === undefined) return;
  const message = `No request matches the path: it has \`${rest}\`. Describe a query in \`parameters\`.`;
  report({ message, location: at });
}

/** Reports parameters in a path that an operation does not declare, and others that are not in the path. */
function reportPathParameters(
  item: Readonly<Record<string, unknown>>,
  { key, report, location, resolve }: Context,
): void {
  // Of `/files{?page}`, the last part is no parameter of the path.
  const parts = [...String(key).matchAll(/\{([^{}?&#][^{}]*)\}/g)];
  const names = new Set(parts.map(([, name = '']) => nameOf(name)));
  for (const method of methods) {
    const operation = item[method] as { parameters?: unknown } | null | undefined;
    if (typeof operation !== 'object' || operation === null) continue;
    const lists = [item['parameters'], operation.parameters].filter(Array.isArray) as unknown[][];
    const declared = lists.flat().map((each) => {
      const found = isReference(each) ? resolve(each).node : each;
      return found as { in?: unknown; name?: unknown } | undefined;
    });
    const own = declared.flatMap((each) =>
      each?.in === 'path' && typeof each.name === 'string' ? [nameOf(each.name)] : [],
    );
    for (const name of own.filter((one) => !names.has(one))) {
      const message = `The path parameter \`${name}\` is not in the path. Write \`{${name}}\` into it, or remove the parameter.`;
      report({ message, location: location.child([method]).key() });
    }
    for (const name of names) {
      if (own.includes(name)) continue;
      const message = `The path parameter \`${name}\` is not declared. Add \`{ name: ${name}, in: path, required: true, schema: { type: string } }\` to \`parameters\`.`;
      report({ message, location: location.child([method]).key() });
    }
  }
}

/** Reports an id that another operation has. */
function reportID(
  { operationId }: Readonly<Record<string, unknown>>,
  { report, location }: Context,
  ids: Set<string>,
): void {
  if (typeof operationId !== 'string') return;
  if (ids.has(operationId)) {
    const message = `The operationId \`${operationId}\` is used twice. Each operation needs an id of its own.`;
    report({ message, location: location.child(['operationId']).key() });
  }
  ids.add(operationId);
}

function isReference(value: unknown): value is { $ref: string } {
  return typeof value === 'object' && value !== null && '$ref' in value;
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Types in a sentence. */
const named: Record<string, string> = {
  array: 'a list',
  object: 'an object',
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'a boolean',
  null: 'empty',
};
