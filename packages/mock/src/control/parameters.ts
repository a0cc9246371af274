import type { Query } from '../http/request.ts';
import { ControlError } from './control-error.ts';

/** A parameter that comes once, or undefined. @throws {ControlError} where it comes several times */
export function textParam(query: Query, name: string): string | undefined {
  const value = query[name];
  if (Array.isArray(value)) {
    throw new ControlError(400, `Expected one '${name}', got ${value.length}.`, name);
  }
  return value;
}

/** A whole number from 1 to the largest. @throws {ControlError} */
export function limitParam(query: Query, fallback: number, largest: number): number {
  const text = textParam(query, 'limit');
  if (text === undefined) return fallback;
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= largest) return limit;
  throw new ControlError(
    400,
    `limit must be an integer from 1 to ${largest}, got ${JSON.stringify(text)}.`,
    'limit',
  );
}

/** `true` or `false`; true without a value, false where it is left out. @throws {ControlError} */
export function booleanParam(query: Query, name: string): boolean {
  const text = textParam(query, name);
  if (text === undefined || text === 'false') return false;
  if (text === 'true' || text === '') return true;
  throw new ControlError(400, `${name} must be true or false, got ${JSON.stringify(text)}.`, name);
}

/** Refuses parameters that would be passed over. @throws {ControlError} */
export function onlyParams(query: Query, names: readonly string[]): void {
  const unknown = Object.keys(query).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new ControlError(
    400,
    `Unknown parameter '${unknown}'. Expected: ${names.join(', ')}.`,
    unknown,
  );
}
