import type { Change } from '../change/change.ts';
import { fingerprintOf } from '../change/fingerprint.ts';
import type { Report } from '../diff.ts';
import { placeOf, sentenceOf } from './sentences.ts';

/** A change as JSON: the facts, and their words for those who only show them. */
export interface ChangeJSON extends Change {
  fingerprint: string;
  place: string;
  message: string;
}

/** The report as JSON: an array of changes, the worst first. */
export function formatJSON({ changes }: Report): string {
  const all = changes.map(
    (change): ChangeJSON => ({
      ...change,
      fingerprint: fingerprintOf(change),
      place: placeOf(change),
      message: sentenceOf(change),
    }),
  );
  return `${JSON.stringify(all, null, 2)}\n`;
}
