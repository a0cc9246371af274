import type { FaultRule } from '../api/types.ts';

export interface Preset {
  name: string;
  /** The effect for a client. */
  effect: string;
  rule: FaultRule;
}

/** Common failures in production, one button each. */
export const presets: readonly Preset[] = [
  {
    name: '429 burst',
    effect: 'The next three requests exceed the rate limit; retry after one second.',
    rule: { status: 429, retryAfter: 1, times: 3 },
  },
  {
    name: '503 for a while',
    effect: 'For thirty seconds, the service is unavailable.',
    rule: { status: 503, duration: 30_000 },
  },
  {
    name: 'Slow',
    effect: 'Every response takes one to three seconds.',
    rule: { delay: [1000, 3000] },
  },
  {
    name: 'Cut body',
    effect: 'The next connection closes in the middle of the body.',
    rule: { connection: 'cut', times: 1 },
  },
  {
    name: 'Malformed JSON',
    effect: 'The next body ends halfway, as if it were complete.',
    rule: { body: 'malformed', times: 1 },
  },
  {
    name: 'Repeating cursor',
    effect: 'Every page returns the cursor of its request.',
    rule: { cursor: 'repeat' },
  },
];
