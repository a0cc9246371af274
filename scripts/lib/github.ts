import { appendFileSync } from 'node:fs';
import { CommandError } from './cli.ts';

/**
 * Calls GitHub's REST API for the repository that the workflow runs in.
 * Takes `GITHUB_API_URL`, `GITHUB_REPOSITORY` and `GITHUB_TOKEN` from the environment.
 *
 * @param path Below the repository: `/pulls?state=open`.
 */
export async function github<T>(method: string, path: string, body?: object): Promise<T> {
  const repository = variable('GITHUB_REPOSITORY');
  const response = await fetch(`${variable('GITHUB_API_URL')}/repos/${repository}${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${variable('GITHUB_TOKEN')}`,
      'content-type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) {
    const text = (await response.text()).slice(0, 500);
    throw new CommandError(
      `GitHub responded with ${response.status} to ${method} ${path}: ${text}`,
    );
  }
  return (await response.json()) as T;
}

/** Passes a value to later steps and jobs of a GitHub workflow; has no effect elsewhere. */
export function setOutput(name: string, value: string): void {
  const file = process.env['GITHUB_OUTPUT'];
  if (file) appendFileSync(file, `${name}=${value}\n`);
}

/** Reads an environment variable that a workflow has set. */
export function variable(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new CommandError(
      `Expected the environment variable ${name}: run this in a GitHub workflow.`,
    );
  return value;
}
