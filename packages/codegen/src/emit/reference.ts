import { codeSpan, tableCell } from '@org/openapi';
import type { BuiltModel } from '../infer/build-model.ts';
import { walkResources } from '../infer/build-tree.ts';
import type { Operation, Resource } from '../model/model.ts';
import { readClient } from '../read/read-client.ts';
import { codeCell, inline, paragraphs } from './markdown.ts';
import { errorClass, exampleOf } from './method-docs.ts';
import { type Argument, parameterList, requestOf, signatureOf } from './signatures.ts';
import { describeParameter, notice, sentence } from './text.ts';

/** The reference of the client: every method with its arguments, result and HTTP operation. */
export function emitReference({ document, model }: BuiltModel): Record<string, string> {
  const { name, aliases } = readClient(document);
  const operations = new Map(model.operations.map((operation) => [operation.id, operation]));
  const sections = [...walkResources(model.root)]
    .filter((resource) => resource.operations.length > 0)
    .map((resource) => {
      const own = resource.operations.map((id) => operations.get(id) as Operation);
      return `${headOf(resource)}\n\n${summaryOf(own)}\n\n${own.map(methodOf).join('\n\n')}`;
    });
  const text = [
    `<!-- ${notice} -->`,
    '',
    '# API reference',
    '',
    `Every method of the client, ${nameOf(name, aliases)}. Errors are instances of ${nameOf(
      `${name}Error`,
      aliases.map((alias) => `${alias}Error`),
    )}.`,
    '',
    'Each method takes `options` last: `headers`, `query`, `timeout`, `maxRetries`, `signal`, `idempotencyKey` and',
    '`fetchOptions` for this call only. Types are exported by `@org/types` and by the client.',
    '',
    sections.join('\n\n'),
    '',
  ].join('\n');
  return { 'packages/client/api.md': text };
}

/** The name of a class, and its other names. */
function nameOf(name: string, aliases: readonly string[]): string {
  const others = aliases.map((alias) => codeSpan(alias)).join(', ');
  return others ? `${codeSpan(name)} (also exported as ${others})` : codeSpan(name);
}

function headOf({ path, description }: Resource): string {
  const text = paragraphs(description);
  return [`## ${codeSpan(`client.${path.join('.')}`)}`, ...(text ? ['', text] : [])].join('\n');
}

function summaryOf(operations: readonly Operation[]): string {
  const rows = operations.map(({ action, method, path, result }) => {
    const returns =
      result.kind === 'page'
        ? codeCell(`${result.pageClass}<${result.item}>`)
        : result.kind === 'value'
          ? codeCell(result.type)
          : '-';
    const link = `[${codeCell(action)}](#${anchor(action, operations[0])})`;
    return `| ${link} | ${codeCell(requestOf({ method, path }))} | ${returns} |`;
  });
  return ['| method | HTTP | returns |', '| --- | --- | --- |', ...rows].join('\n');
}

function methodOf(operation: Operation): string {
  const signature = signatureOf(operation);
  const { id, action, summary, description, deprecated, errors, method, path } = operation;
  const args = argumentsOf(operation);
  const thrown = errors.map(({ status }) => `\`${errorClass(status)}\` (${status})`);
  return [
    `<a id="${anchor(action, operation)}"></a>`,
    '',
    `### ${codeSpan(id.split('.').slice(-2).join('.'))}`,
    '',
    ...(deprecated ? ['**Deprecated.**', ''] : []),
    paragraphs(sentence(description || summary)),
    '',
    '```ts',
    `client.${id}(${parameterList(signature).join(', ')}): ${signature.returns}`,
    '```',
    '',
    ...(args.length > 0
      ? ['| argument | type | |', '| --- | --- | --- |', ...args.map(rowOf), '']
      : []),
    `Sends ${codeSpan(requestOf({ method, path }))}.${thrown.length > 0 ? ` Throws ${[...new Set(thrown)].join(', ')}.` : ''}`,
    '',
    '```ts',
    ...exampleOf(operation),
    '```',
  ].join('\n');
}

function argumentsOf(operation: Operation): Argument[] {
  const { positional, pathParams, query, headers, body } = operation;
  const signature = signatureOf(operation);
  const params = signature.params?.name ?? '';
  const rows: Argument[] = [];
  if (positional && signature.positional) {
    rows.push({ ...signature.positional, description: describeParameter(positional) });
  }
  for (const parameter of [...pathParams, ...query, ...headers]) {
    rows.push({
      name: `${params}.${parameter.property}`,
      type: jsonType(parameter.schema),
      optional: !parameter.required,
      description: describeParameter(parameter),
    });
  }
  if (body) {
    rows.push({
      name: params === 'body' ? 'body' : body.isProperty ? `${params}.body` : `${params}…`,
      type: body.type,
      optional: !body.required,
      description: inline(sentence(body.description)) || 'The body of the request.',
    });
  }
  return rows;
}

function rowOf({ name, type, optional, description }: Argument): string {
  const names = codeCell(`${name}${optional ? '?' : ''}`);
  return `| ${names} | ${codeCell(type)} | ${tableCell(description)} |`;
}

function jsonType(schema: unknown): string {
  const { type, items } = (schema ?? {}) as { type?: string | string[]; items?: unknown };
  if (type === 'array') return `${jsonType(items)}[]`;
  return [type ?? 'unknown'].flat().join(' | ').replaceAll('integer', 'number');
}

function anchor(action: string, operation: Operation | undefined): string {
  return [...(operation?.id.split('.').slice(0, -1) ?? []), action].join('-').toLowerCase();
}
