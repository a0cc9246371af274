import type { API } from '../api/api.ts';
import type { Schema } from '../api/schema.ts';
import { plain } from '../prism/diagnostic.ts';
import { validateValue } from '../prism/validate.ts';
import { ContractError, type ContractIssue } from './contract-error.ts';

/** What is wrong with a value, by its schema; nothing where it is right. */
export function issuesOf(api: API, value: unknown, schema: Schema): ContractIssue[] {
  return validateValue(api, value, schema).map(({ path = [], message, code }) => {
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
export function checkContract(api: API, subject: string, value: unknown, schema: Schema): void {
  const issues = issuesOf(api, value, schema);
  if (issues.length > 0) throw new ContractError(subject, issues);
}
