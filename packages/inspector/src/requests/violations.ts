import type { RecordedRequest, Violation } from '../api/types.ts';

/** Contract violations: of requests that the mock refuses, or of responses. */
export function violationsOf({ validations }: Pick<RecordedRequest, 'validations'>): Violation[] {
  return validations.filter(({ severity }) => severity !== 'warning');
}

/** Warnings. */
export function warningsOf({ validations }: Pick<RecordedRequest, 'validations'>): Violation[] {
  return validations.filter(({ severity }) => severity === 'warning');
}

/** The place, as short as it can be: a parameter is known by its name. */
export function placeOf({ location }: Violation): string {
  const [place = '', ...path] = location;
  return path.length > 0 ? path.join('.') : place;
}

/** The message without the location at its start, which is shown beside it. */
export function sentenceOf({ location, message }: Violation): string {
  const name = location.at(-1) ?? '';
  const at = location.length > 1 ? message.indexOf(` ${name} `) : -1;
  const rest = at < 0 ? message.replace(/^Request \w+ /, '') : message.slice(at + name.length + 2);
  return rest
    .replaceAll('<=', '≤')
    .replaceAll('>=', '≥')
    .replace(
      /\bmust be (\w+(?:,\w+)+)$/,
      (_, types: string) => `must be ${types.replaceAll(',', ' or ')}`,
    );
}
