import type { OrganizationUser } from '@org/types';
import type { FaultRule } from './control/fault-rule.ts';
import type { RecordedRequest } from './control/journal.ts';
import type { Seed } from './state/random.ts';

/** Options of both entry points. */
export interface MockOptions {
  /**
   * How many users to generate, or the users themselves.
   *
   * @default 100
   * @example createMock({ users: [{ object: 'organization.user', id: 'user_abc', added_at: 1711471533 }] })
   */
  users?: number | readonly OrganizationUser[];
  /**
   * Decides what the users look like, and which requests a probable fault hits. The same seed, the same bytes.
   *
   * @default 1
   */
  seed?: Seed;
  /**
   * The keys that are good.
   *
   * @default any key is good
   * @example createMock({ adminAPIKeys: ['sk-admin-test'] })
   */
  adminAPIKeys?: readonly string[];
  /**
   * Milliseconds before every answer, or a range of them.
   *
   * @default 0
   * @example createMock({ latency: [50, 200] })
   */
  latency?: number | [number, number];
  /**
   * Fault rules that are in force from the start, and again after a reset.
   *
   * @example createMock({ faults: [{ status: 429, retryAfter: 1, probability: 0.1 }] })
   */
  faults?: readonly FaultRule[];
  /**
   * Whether the control endpoints, `/_mock/…`, are there.
   *
   * @default true
   */
  control?: boolean;
  /**
   * Whether a query parameter that the operation does not have is a 400. Otherwise it is a warning in the journal.
   *
   * @default false
   */
  strict?: boolean;
  /** Called with every request, once it is answered. */
  logger?: (request: RecordedRequest) => void;
  /**
   * Whether what Prism finds out about a request is kept for the next one that is the same. The answers do not depend
   * on it; only tests of the mock itself have a reason to turn it off.
   *
   * @default true
   * @internal
   */
  memoize?: boolean;
}
