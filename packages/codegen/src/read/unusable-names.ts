import type { Document, Problems } from '@org/openapi';
import { singular } from '../model/names.ts';

/**
 * Adds a problem for each name that tools would read as another one, or fail on: references to components are
 * percent-encoded, and so are paths, in which braces stand around parameters.
 */
export function refuseUnusableNames(
  { components = {}, paths = {} }: Document,
  problems: Problems,
): void {
  for (const [kind, entries] of Object.entries(components)) {
    for (const name of Object.keys(entries ?? {})) {
      if (!name.includes('%')) continue;
      problems.add(
        'percent-sign',
        ['components', kind, name],
        `The name \`${name}\` has a percent sign, which references cannot resolve. Use letters, digits, \`.\`, \`-\` and \`_\`.`,
      );
    }
  }
  for (const path of Object.keys(paths)) {
    if (/[{}]/.test(path.replaceAll(/\{[^{}/]+\}/g, ''))) {
      problems.add(
        'path-parameter',
        ['paths', path],
        `The path \`${path}\` has a brace that does not enclose a parameter's name, or a slash in such a name. ${adviceFor(path)}`,
      );
    }
    if (isEncoded(path)) continue;
    problems.add(
      'percent-sign',
      ['paths', path],
      `The path \`${path}\` has a percent sign that is not part of an escape. Write it as \`%25\`.`,
    );
  }
}

/** What to write instead: of `{parent=projects/*}`, OpenAPI knows a parameter for each `*` alone. */
function adviceFor(path: string): string {
  const written = path.replaceAll(/\{[^{}=]+=([^{}]+)\}/g, (_, pattern: string) =>
    pattern.replaceAll(/([^/*]+)\/\*(?=\/|$)/g, (_, name: string) => `${name}/{${singular(name)}}`),
  );
  return written === path || /\*|[{}]/.test(written.replaceAll(/\{[^{}/]+\}/g, ''))
    ? 'Write `/users/{user_id}`.'
    : `Write \`${written}\`, and describe each of its parameters.`;
}

function isEncoded(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
