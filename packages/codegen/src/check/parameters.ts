import type { Document, Problems } from '@org/openapi';
import { readStyle } from '../infer/parameter-style.ts';
import { ignoredHeaders } from '../read/read-operations.ts';
import type { Findings } from './findings.ts';
import type { Operation } from './operations.ts';

/** Parameters that cannot be sent as the document describes. */
export function checkParameters(
  document: Document,
  operations: readonly Operation[],
  findings: Findings,
): void {
  for (const operation of operations) {
    const names = [...operation.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
    for (const parameter of operation.parameters) {
      const { in: place, name } = parameter.object;
      if (place === 'path') checkPath(operation, parameter, names, findings.problems);
      if (place === 'header' && ignoredHeaders.has(name.toLowerCase())) continue;
      if (place === 'path' || place === 'query' || place === 'header') {
        checkStyle(document, operation, parameter, findings);
      } else checkOther(operation, parameter, findings);
    }
  }
}

type Parameter = Operation['parameters'][number];

function checkPath(
  { id, path, pointer: operation }: Operation,
  { object, pointer }: Parameter,
  names: readonly (string | undefined)[],
  problems: Problems,
): void {
  const { name } = object;
  if (names.includes(name)) return;
  problems.add(
    'path-parameter',
    pointer,
    `The path parameter \`${name}\` of \`${id}\` is not in the path \`${path}\`, so it could not be sent. Write \`{${name}}\` into the path, or remove it.`,
    { operation },
  );
}

/** A style that the client cannot write, or that OpenAPI does not define. */
function checkStyle(
  document: Document,
  { id, pointer: operation }: Operation,
  { object, pointer }: Parameter,
  { problems, listed }: Findings,
): void {
  const shown = `The ${object.in} parameter \`${object.name}\` of \`${id}\``;
  const read = readStyle(document, object);
  if ('problem' in read && object.content) {
    const message = `${shown} ${read.problem}. Describe it as application/json, or by \`schema\`.`;
    problems.add('parameter-content', [...pointer, 'content'], message, { operation });
  } else if ('problem' in read) {
    const message = `${shown} ${read.problem}. Use a string, a number, or an array of these.`;
    problems.add('parameter-style', pointer, message, { operation });
  }
  if (object.allowReserved) {
    listed.add(
      'allow-reserved',
      [...pointer, 'allowReserved'],
      `${shown} has \`allowReserved\`: the client percent-encodes reserved characters anyway, and servers decode them.`,
    );
  }
}

function checkOther(
  { id, pointer: operation }: Operation,
  { object, pointer }: Parameter,
  findings: Findings,
): void {
  const { name, in: place, required = false } = object;
  const shown = `The ${place} parameter \`${name}\` of \`${id}\``;
  if (place !== 'cookie' || required) {
    findings.problems.add(
      place === 'cookie' ? 'cookie-parameter' : 'parameter-place',
      pointer,
      `${shown} cannot be sent: the client supports path, query and header parameters. Move it to the query.`,
      { operation },
    );
    return;
  }
  findings.listed.add('cookie-parameter', pointer, `${shown} is not generated.`);
}
