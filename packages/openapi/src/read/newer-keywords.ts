import type { NormalizedProblem } from '@redocly/openapi-core';
import { parsePointer, valueAt } from '../pointer.ts';
import { parsed } from './parsed-source.ts';

/** What OpenAPI 3.1 added. @see https://learn.openapis.org/upgrading/v3.0-to-v3.1.html */
const newer = new Set([
  ...['$anchor', '$comment', '$defs', '$dynamicAnchor', '$dynamicRef', '$id', '$schema'],
  ...['$vocabulary', 'const', 'contains', 'contentEncoding', 'contentMediaType', 'contentSchema'],
  ...['dependentRequired', 'dependentSchemas', 'else', 'examples', 'identifier', 'if'],
  ...['jsonSchemaDialect', 'maxContains', 'minContains', 'pathItems', 'patternProperties'],
  ...['prefixItems', 'propertyNames', 'summary', 'then', 'unevaluatedItems'],
  ...['unevaluatedProperties', 'webhooks'],
]);
const exclusive = /^exclusive(Minimum|Maximum)$/;
/** Fewer of them are rather mistakes, each with its own message. */
const least = 4;

/** What a document of version 3.0 has of 3.1: the problems that it makes, and one sentence for all of them. */
export function newerKeywords(
  found: readonly NormalizedProblem[],
  version: string,
): { problems: ReadonlySet<NormalizedProblem>; message: string } | undefined {
  if (!version.startsWith('3.0')) return undefined;
  const counts = new Map<string, number>();
  const problems = new Set<NormalizedProblem>();
  for (const problem of found) {
    const name = newerName(problem);
    if (name === undefined) continue;
    problems.add(problem);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  if (problems.size < least) return undefined;
  const names = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} (${count === 1 ? 'once' : `${count} times`})`);
  const shown = names.length > 5 ? [...names.slice(0, 4), `${names.length - 4} more`] : names;
  return {
    problems,
    message: `The document says OpenAPI ${version}, and uses what only 3.1 has: ${shown.join(', ')}. Write \`openapi: 3.1.0\`.`,
  };
}

function newerName({ ruleId, location }: NormalizedProblem): string | undefined {
  const [first] = location;
  if (ruleId !== 'struct' || !first) return undefined;
  const path = parsePointer(first.pointer ?? '#/');
  const name = String(path.at(-1));
  const value = valueAt(parsed(first.source), path);
  if (name === 'type' && (Array.isArray(value) || value === 'null'))
    return Array.isArray(value) ? '`type` as a list' : '`type: null`';
  if (exclusive.test(name) && typeof value === 'number') return `\`${name}\` as a number`;
  return newer.has(name) ? `\`${name}\`` : undefined;
}
