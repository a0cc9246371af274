import { codeSpan } from '@org/openapi';
import { errorClasses } from '../model/client-core.ts';
import type { Operation } from '../model/model.ts';
import { inline, paragraphs } from './markdown.ts';
import { type Signature, signatureOf } from './signatures.ts';
import { describeParameter, literal, sentence } from './text.ts';

export function errorClass(status: string): string {
  return errorClasses[status] ?? (/^5/.test(status) ? 'InternalServerError' : 'APIError');
}

/**
 * The lines of a method's docstring: description, arguments, errors, an example.
 *
 * @param client the name of the client's class
 */
export function docOf(operation: Operation, signature: Signature, client: string): string[] {
  const { summary, description, positional, query, headers, pathParams, body, errors, deprecated } =
    operation;
  const lines = [paragraphs(sentence(description || summary || `Calls ${operation.id}.`))];
  if (operation.result.kind === 'page') {
    lines.push('Await the call for a page, or iterate it for the items of all pages.');
  }
  lines.push('');
  if (positional) lines.push(`@param ${positional.argument} ${describeParameter(positional)}`);
  const params = signature.params?.name;
  for (const parameter of [...pathParams, ...query, ...headers]) {
    lines.push(`@param ${params}${member(parameter.property)} ${describeParameter(parameter)}`);
  }
  if (body && params)
    lines.push(
      `@param ${params} ${inline(sentence(body.description)) || 'The body of the request.'}`,
    );
  if (positional) {
    const inPath = [
      positional.argument,
      ...pathParams.map(({ property }) => `${params}.${property}`),
    ];
    lines.push(
      `@throws {${client}Error} ${inPath.map(codeSpan).join(' or ')} is empty or not a path segment.`,
    );
  }
  for (const [name, descriptions] of byClass(errors)) {
    lines.push(`@throws {${name}} ${inline(descriptions.join(' '))}`);
  }
  if (deprecated) lines.push('@deprecated');
  lines.push('@example', '```ts', ...exampleOf(operation), '```');
  return lines;
}

/** A name with a space would end too early in the tag. */
function member(name: string): string {
  return /^[\w$-]+$/.test(name) ? `.${name}` : ` ${codeSpan(name)}:`;
}

/** A call that a reader can copy, with the spec's own examples as arguments. */
export function exampleOf(operation: Operation): string[] {
  const { id, positional, pathParams, query, headers, body, result } = operation;
  const args: string[] = [];
  if (positional) args.push(literal(exampleValue(positional)));
  const params: Record<string, unknown> = {};
  for (const parameter of pathParams) params[parameter.property] = exampleValue(parameter);
  for (const parameter of [...query, ...headers])
    if (parameter.required) params[parameter.property] = exampleValue(parameter);
  // A page size is a meaningful example; a cursor or a filter would be made up.
  const limit = query.find(({ name, example }) => name === 'limit' && example !== undefined);
  if (limit && pathParams.length === 0) params[limit.property] = limit.example;
  const isWhole = body?.isObject === false && signatureOf(operation).params?.name === 'body';
  if (isWhole) args.push(bodyExample(body));
  else {
    if (body?.isObject) Object.assign(params, body.example ?? {});
    const own = literal(params);
    const named = body?.isProperty
      ? `${own === '{}' ? '{' : `${own.slice(0, -2)},`} body: ${bodyExample(body)} }`
      : own;
    if (Object.keys(params).length > 0 || body?.required) args.push(named);
  }
  const call = `client.${id}(${args.join(', ')})`;
  if (result.kind === 'page')
    return [`for await (const item of ${call}) {`, '  console.log(item);', '}'];
  return [result.kind === 'empty' ? `await ${call};` : `const result = await ${call};`];
}

/** How a program makes a body that is not an object. */
function bodyExample({ example, mediaType }: NonNullable<Operation['body']>): string {
  if (example !== undefined) return literal(example);
  if (/json/i.test(mediaType)) return '[]';
  return /^text\//i.test(mediaType) ? "'…'" : "new Blob(['…'])";
}

function exampleValue({ name, schema, ...parameter }: Operation['query'][number]): unknown {
  const {
    example,
    examples,
    default: given,
    enum: values,
  } = (schema ?? {}) as Record<string, unknown>;
  const [first] = Array.isArray(examples) ? examples : [];
  const [value] = Array.isArray(values) ? values : [];
  const known = parameter.example ?? example ?? first ?? given ?? value;
  return (
    known ?? (/^(integer|number)$/.test(String((schema as { type?: unknown }).type)) ? 1 : name)
  );
}

function byClass(errors: Operation['errors']): Map<string, string[]> {
  const classes = new Map<string, string[]>();
  for (const { status, description } of errors) {
    const name = errorClass(status);
    classes.set(name, [...(classes.get(name) ?? []), sentence(description)]);
  }
  return classes;
}
