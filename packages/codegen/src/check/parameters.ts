import { type Document, itemsOf, type Problems, typesOf } from '@org/openapi';
import type { Findings } from './findings.ts';
import type { Operation } from './operations.ts';

/** Parameters that would go out in another form than the document says, or not at all. */
export function checkParameters(
  document: Document,
  operations: readonly Operation[],
  findings: Findings,
): void {
  for (const operation of operations) {
    const names = [...operation.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
    for (const parameter of operation.parameters) {
      switch (parameter.object.in) {
        case 'path':
          checkPath(document, operation, parameter, names, findings.problems);
          break;
        case 'query':
          checkQuery(document, operation, parameter, findings);
          break;
        case 'header':
          checkHeader(operation, parameter, findings);
          break;
        default:
          checkOther(operation, parameter, findings);
      }
    }
  }
}

type Parameter = Operation['parameters'][number];

function checkPath(
  document: Document,
  { id, path }: Operation,
  { object, pointer }: Parameter,
  names: readonly (string | undefined)[],
  problems: Problems,
): void {
  const { name, style = 'simple', schema, content } = object;
  const shown = `The path parameter \`${name}\` of \`${id}\``;
  if (!names.includes(name)) {
    problems.add(
      'path-parameter',
      pointer,
      `${shown} is not in the path \`${path}\`, so it could not be sent. Write \`{${name}}\` into the path, or remove it.`,
    );
    return;
  }
  if (style !== 'simple') {
    problems.add(
      'parameter-style',
      [...pointer, 'style'],
      `${shown} has the style \`${style}\`; the client writes \`simple\` paths. Use \`style: simple\`.`,
    );
  }
  if (content) {
    problems.add(
      'parameter-content',
      [...pointer, 'content'],
      `${shown} is described by \`content\`; the client writes plain values into paths. Describe it by \`schema\`.`,
    );
  }
  const types = [...typesOf(document, schema)];
  const unknown = types.find((type) => !['string', 'number', 'integer'].includes(type));
  if (unknown !== undefined) {
    problems.add(
      'path-parameter-type',
      [...pointer, 'schema'],
      `${shown} may be ${article(unknown)}; the client writes strings and numbers into paths. Use \`type: string\`.`,
    );
  }
}

function checkQuery(
  document: Document,
  { id }: Operation,
  { object, pointer }: Parameter,
  { problems, listed }: Findings,
): void {
  const { name, style = 'form', explode = style === 'form', schema, content } = object;
  const shown = `The query parameter \`${name}\` of \`${id}\``;
  if (content) {
    problems.add(
      'parameter-content',
      [...pointer, 'content'],
      `${shown} is described by \`content\`; the client writes queries by \`schema\` and \`style\`. Describe it by \`schema\`.`,
    );
    return;
  }
  const types = typesOf(document, schema);
  const isList = types.has('array');
  if (isList && (style !== 'form' || !explode)) {
    const found = style === 'form' ? 'explode: false' : `style: ${style}`;
    problems.add(
      'parameter-style',
      pointer,
      `${shown} is an array with \`${found}\`; the client repeats the parameter: \`${name}=a&${name}=b\`. Use \`style: form\` and \`explode: true\`.`,
    );
  }
  if (types.has('object') && style !== 'deepObject') {
    problems.add(
      'parameter-style',
      pointer,
      `${shown} may be an object with \`style: ${style}\`; the client writes \`${name}[key]=value\`. Use \`style: deepObject\`.`,
    );
  }
  const inner = typesOf(document, itemsOf(document, schema));
  if (isList && (inner.has('object') || inner.has('array'))) {
    problems.add(
      'parameter-style',
      pointer,
      `${shown} is an array of ${inner.has('object') ? 'objects' : 'arrays'}, for which OpenAPI defines no form in a query. Use an array of strings or numbers.`,
    );
  }
  if (object.allowReserved) {
    listed.add(
      'allow-reserved',
      [...pointer, 'allowReserved'],
      `${shown} has \`allowReserved\`: the client percent-encodes reserved characters all the same, which servers decode.`,
    );
  }
}

/** OpenAPI says that these are ignored as parameters: media types and security describe them. */
const ignoredHeaders = new Set(['accept', 'content-type', 'authorization']);

function checkHeader({ id }: Operation, { object, pointer }: Parameter, findings: Findings): void {
  const { name, required = false } = object;
  if (ignoredHeaders.has(name.toLowerCase())) return;
  const shown = `The header parameter \`${name}\` of \`${id}\``;
  if (required) {
    findings.problems.add(
      'header-parameter',
      pointer,
      `${shown} is required, but methods take no headers as arguments. Make it optional, and pass it in the options: \`{ headers: { '${name}': … } }\`.`,
    );
    return;
  }
  findings.listed.add(
    'header-parameter',
    pointer,
    `${shown} is not an argument: pass it in the options, \`{ headers: { '${name}': … } }\`.`,
  );
}

function checkOther({ id }: Operation, { object, pointer }: Parameter, findings: Findings): void {
  const { name, in: place, required = false } = object;
  const shown = `The ${place} parameter \`${name}\` of \`${id}\``;
  if (place !== 'cookie' || required) {
    findings.problems.add(
      place === 'cookie' ? 'cookie-parameter' : 'parameter-place',
      pointer,
      `${shown} cannot be sent: the client has path and query parameters. Move it to the query.`,
    );
    return;
  }
  findings.listed.add('cookie-parameter', pointer, `${shown} is not generated.`);
}

function article(type: string): string {
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}
