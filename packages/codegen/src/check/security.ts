import { type Document, deref, type SecurityScheme } from '@org/openapi';
import { canSend, kindOf, type ReadScheme, readAuth } from '../infer/read-auth.ts';
import { clientMembers, clientOptions } from '../model/client-core.ts';
import type { Findings } from './findings.ts';
import type { Operation } from './operations.ts';

/** Keys that the client cannot send, and options with the same name. */
export function checkSecurity(
  document: Document,
  operations: readonly Operation[],
  { problems, listed }: Findings,
): void {
  const schemes = document.components?.securitySchemes ?? {};
  const kindsOf = (one: object) =>
    Object.keys(one).map((name) => kindOf(deref(document, schemes[name])));
  for (const { id, object, pointer } of operations) {
    const security = object.security ?? document.security ?? [];
    const at = object.security ? [...pointer, 'security'] : ['security'];
    if (security.length === 0) {
      listed.add('public-operation', pointer, `\`${id}\` needs no key: the client sends none.`);
      continue;
    }
    if (security.some((one) => canSend(kindsOf(one)))) continue;
    const needed = security.map((one) =>
      Object.keys(one)
        .map((name) => shown(deref(document, schemes[name]), name))
        .join(' and '),
    );
    const isTogether = security.some((one) => !kindsOf(one).includes(undefined));
    if (isTogether) {
      problems.add(
        'security-scheme',
        at,
        `\`${id}\` needs ${needed.join(', or ')}, which would be sent in one place. State them as alternatives: one item of \`security\` for each.`,
        { operation: pointer },
      );
      continue;
    }
    problems.add(
      'security-scheme',
      at,
      `\`${id}\` needs ${needed.join(', or ')}, which the client cannot send. Use \`type: http\` with \`scheme: bearer\` or \`basic\`, or an \`apiKey\` in a header or the query.`,
      { operation: pointer },
    );
  }
  const auth = readAuth(document);
  for (const scheme of auth.schemes) checkOption(scheme, auth.schemes, { problems });
}

/** The options of a client need unique names. */
function checkOption(
  { name, option, how }: ReadScheme,
  all: readonly ReadScheme[],
  { problems }: Pick<Findings, 'problems'>,
): void {
  const at = ['components', 'securitySchemes', name];
  const other = all.find((each) => each.option === option && each.name !== name);
  const isTaken = clientOptions.includes(option) || clientMembers.includes(option);
  if (isTaken || other || !/^[a-zA-Z_$][\w$]*$/.test(option)) {
    problems.add(
      'security-option',
      at,
      `The key \`${name}\` would be the option \`${option}\` of the client, which ${other ? `is also the option of \`${other.name}\`` : isTaken ? 'already exists' : 'is not a valid name'}. Choose another: \`x-client: { option: … }\`.`,
    );
  }
  if ('name' in how && !/^[!#$%&'*+\-.^_`|~0-9a-z]+$/i.test(how.name) && how.kind === 'header') {
    problems.add(
      'security-scheme',
      at,
      `The header \`${how.name}\` of the key \`${name}\` is not a valid header name.`,
    );
  }
}

function shown(scheme: SecurityScheme | undefined, name: string): string {
  if (scheme?.type === 'apiKey') return `the ${scheme.in} \`${scheme.name}\` (\`${name}\`)`;
  if (scheme?.type === 'http') return `HTTP ${scheme.scheme} (\`${name}\`)`;
  return `\`${name}\``;
}
