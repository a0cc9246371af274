import type { Schema } from '../api/schema.ts';
import { validateValue } from '../prism/prism.ts';
import { ContractError, type ContractIssue } from './contract-error.ts';

/** What is wrong with a value, by its schema; nothing where it is right. */
export function issuesOf(value: unknown, schema: Schema, root: object): ContractIssue[] {
  return validateValue(value, schema, root).map(({ path = [], message, code }) => {
    const place = path.map(String);
    const [, name] = /'(.+)'$/.exec(message) ?? [];
    if (code === 'required' && name !== undefined)
      return { path: [...place, name].join('.'), message: 'is required' };
    if (code === 'additionalProperties' && name !== undefined)
      return { path: [...place, name].join('.'), message: 'is not a known property' };
    return { path: place.join('.'), message: plain(message) };
  });
}

/** @throws {ContractError} if the value breaks the contract */
export function checkContract(subject: string, value: unknown, schema: Schema, root: object): void {
  const issues = issuesOf(value, schema, root);
  if (issues.length > 0) throw new ContractError(subject, issues);
}

/** A sentence of Prism's without the place that it begins with. */
export function plain(message: string): string {
  return message
    .replace(
      /^(?:Request|Response) (?:(?:body|query|path|headers?|cookie) )?(?:(?:property|parameter) \S+ )?/,
      '',
    )
    .replace(/^must be \w+(?:,\w+)+$/, (types) => types.replaceAll(',', ' or '));
}
