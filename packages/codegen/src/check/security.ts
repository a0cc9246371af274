import { type Document, deref, type SecurityRequirement } from '@org/openapi';
import type { Findings } from './findings.ts';
import type { Operation } from './operations.ts';

/** The client has one key, which it sends as a bearer token with every request. */
export function checkSecurity(
  document: Document,
  operations: readonly Operation[],
  { problems, listed }: Findings,
): void {
  const schemes = document.components?.securitySchemes ?? {};
  const isBearer = (name: string) => {
    const { type, scheme } = deref(document, schemes[name]) ?? {};
    if (type === 'oauth2' || type === 'openIdConnect') return true;
    return type === 'http' && scheme?.toLowerCase() === 'bearer';
  };
  const fits = (requirement: SecurityRequirement) => {
    const names = Object.keys(requirement);
    return names.length === 1 && names.every(isBearer);
  };
  const used = new Map<string, Operation>();
  for (const operation of operations) {
    const { id, object, pointer } = operation;
    const security = object.security ?? document.security ?? [];
    const at = object.security ? [...pointer, 'security'] : ['security'];
    const isPublic = security.length === 0 || security.some((one) => Object.keys(one).length === 0);
    if (isPublic) {
      listed.add(
        'public-operation',
        pointer,
        `\`${id}\` needs no key; the client sends it anyway.`,
      );
      continue;
    }
    const fitting = security.find(fits);
    if (!fitting) {
      const needed = security.map((one) =>
        Object.keys(one)
          .map((name) => kindOf(deref(document, schemes[name]), name))
          .join(' and '),
      );
      problems.add(
        'security-scheme',
        at,
        `\`${id}\` needs ${needed.join(', or ')}; the client sends a bearer token. Use \`type: http\` with \`scheme: bearer\`.`,
      );
      continue;
    }
    const [name = ''] = Object.keys(fitting);
    const [first, other] = [...used].find(([known]) => known !== name) ?? [];
    if (first !== undefined) {
      problems.add(
        'security-scheme',
        at,
        `\`${id}\` needs the key \`${name}\`, but \`${other?.id}\` needs \`${first}\`; the client has one key. Use one scheme for both.`,
      );
    }
    if (!used.has(name)) used.set(name, operation);
  }
}

function kindOf(
  scheme: { type?: string; scheme?: string; in?: string; name?: string } | undefined,
  name: string,
): string {
  if (scheme?.type === 'apiKey') return `the ${scheme.in} \`${scheme.name}\` (\`${name}\`)`;
  if (scheme?.type === 'http') return `HTTP ${scheme.scheme} (\`${name}\`)`;
  return `\`${name}\``;
}
