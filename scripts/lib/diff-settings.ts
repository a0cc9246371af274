import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DocumentError, parseSettings, type Settings, SettingsError } from '@org/spec-diff';
import { CommandError } from './cli.ts';
import { root } from './repo.ts';

/** The path of the settings of `pnpm spec:diff`. */
export const settingsPath = 'spec/diff.yaml';

/**
 * Reads the team's settings for the API.
 *
 * @param file The file; by default, `spec/diff.yaml`, which need not exist.
 * @param isOwn Whether the spec of the working tree is compared; without a file, no settings apply to another one.
 * @throws {CommandError} if the file does not exist, or has anything that is not a setting
 */
export function readSettings(file?: string, isOwn = true): Settings {
  const path = file ?? join(root, settingsPath);
  const isFile = existsSync(path) && statSync(path).isFile();
  if (file === undefined && (!isOwn || !isFile)) return { policies: {}, accept: [] };
  if (!isFile) throw new CommandError(`No such file: ${path}. Expected settings as YAML.`);
  try {
    return parseSettings(readFileSync(path, 'utf8'), file ?? settingsPath);
  } catch (error) {
    if (error instanceof SettingsError || error instanceof DocumentError)
      throw new CommandError(`Invalid settings:\n${error.message}`);
    throw error;
  }
}

/** Reports the settings' entries that accept nothing. */
export function explainProblems(problems: readonly string[], file: string = settingsPath): string {
  return ['Invalid settings:', ...problems.map((problem) => `${file}: ${problem}`)].join('\n');
}
