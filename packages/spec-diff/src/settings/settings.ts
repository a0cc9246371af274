import { closest } from '@org/openapi';
import type { Verdict } from '../change/change.ts';
import { isRecord, list } from '../document/json.ts';
import { parseText } from '../read/parse.ts';
import { type Policies, type PolicyName, policies } from './policies.ts';

/** Settings that cannot be used. The message lists every problem, each with its place. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** A breaking change that a team has accepted. */
export interface Acceptance {
  /** The change, as `fingerprintOf` names it. */
  fingerprint: string;
  /** Why it is accepted: the report shows it. */
  reason: string;
  /** The last day on which it is accepted, in UTC: `2027-01-31`. By default, it does not expire. */
  until?: string;
}

/** A team's settings for its own API: the content of `spec/diff.yaml`. */
export interface Settings {
  policies: Policies;
  accept: readonly Acceptance[];
}

const verdicts: readonly Verdict[] = ['breaking', 'addition', 'none'];

/**
 * Reads settings from YAML or JSON.
 *
 * @param name The source of the text, for errors: `spec/diff.yaml`.
 * @throws {SettingsError} for anything that is not a setting
 * @example
 * parseSettings('policies: { response-enum-grows: addition }', 'diff.yaml');
 */
export function parseSettings(text: string, name: string): Settings {
  const problems: string[] = [];
  const content = parseText(text, name) ?? {};
  if (!isRecord(content)) {
    throw new SettingsError(`${name}: expected an object with the keys policies and accept.`);
  }
  problems.push(...unknownKeys(content, ['policies', 'accept'], ''));
  const settings = {
    policies: readPolicies(content['policies'], problems),
    accept: readAccept(content['accept'], problems),
  };
  if (problems.length === 0) return settings;
  throw new SettingsError(problems.map((problem) => `${name}: ${problem}`).join('\n'));
}

function readPolicies(given: unknown, problems: string[]): Policies {
  if (given === undefined || given === null) return {};
  if (!isRecord(given)) {
    problems.push('policies: expected an object, such as { response-enum-grows: addition }.');
    return {};
  }
  const names = Object.keys(policies);
  problems.push(...unknownKeys(given, names, 'policies.'));
  const found: Partial<Record<PolicyName, Verdict>> = {};
  for (const [name, value] of Object.entries(given)) {
    if (!names.includes(name)) continue;
    const verdict = verdicts.find((each) => each === value);
    if (verdict) found[name as PolicyName] = verdict;
    else {
      const hint = typeof value === 'string' ? suggestion(value, verdicts) : '';
      problems.push(
        `policies.${name}: expected ${verdicts.join(', ')}; found ${shown(value)}.${hint}`,
      );
    }
  }
  return found;
}

function readAccept(given: unknown, problems: string[]): Acceptance[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) {
    problems.push('accept: expected a list of { fingerprint, reason, until }.');
    return [];
  }
  const seen = new Map<string, number>();
  return list(given).flatMap((entry, i): Acceptance[] => {
    const place = `accept[${i}]`;
    if (!isRecord(entry)) {
      problems.push(`${place}: expected { fingerprint, reason, until }; found ${shown(entry)}.`);
      return [];
    }
    problems.push(...unknownKeys(entry, ['fingerprint', 'reason', 'until'], `${place}.`));
    // YAML reads a text of digits as a number.
    const fingerprint = String(entry['fingerprint'] ?? '');
    const { reason, until } = entry;
    if (!/^[0-9a-f]{12}$/.test(fingerprint)) {
      problems.push(
        `${place}.fingerprint: expected the 12 hexadecimal digits that the report has for the change; found ${shown(entry['fingerprint'])}. Quote it if it has digits alone, or an e among digits.`,
      );
    } else if (seen.has(fingerprint)) {
      problems.push(
        `${place}.fingerprint: accept[${seen.get(fingerprint)}] has the same fingerprint.`,
      );
    }
    seen.set(fingerprint, seen.get(fingerprint) ?? i);
    if (typeof reason !== 'string' || reason.trim() === '')
      problems.push(`${place}.reason: expected a sentence; found ${shown(reason)}.`);
    if (until !== undefined && !isDay(until))
      problems.push(`${place}.until: expected a date such as 2027-01-31; found ${shown(until)}.`);
    return [{ fingerprint, reason: String(reason), ...(isDay(until) && { until }) }];
  });
}

/** A day of the calendar, which `2027-02-30` is not. */
function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

function unknownKeys(given: object, known: readonly string[], place: string): string[] {
  return Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key) => `unknown key ${place}${key}.${suggestion(key, known)}`);
}

function suggestion(given: string, known: readonly string[]): string {
  const [similar] = closest(given, known);
  return similar === undefined
    ? ` Expected one of: ${known.join(', ')}.`
    : ` Did you mean ${similar}?`;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
