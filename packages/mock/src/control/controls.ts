import type { OperationInfo } from '@org/inspector/api';
import type { SessionInfo } from '../sessions.ts';
import type { AnyCollection } from '../state/any-collection.ts';
import type { Seed } from '../state/generate/random.ts';
import type { Marks } from '../state/marks.ts';
import type { MockEvent } from './events.ts';
import type { Faults } from './faults.ts';
import type { Journal } from './journal.ts';
import type { Mask } from './secrets.ts';

/** What the control endpoints drive: a mock, as a program in another language or the inspector sees it. */
export interface Controls {
  /** The title of the spec. */
  readonly title: string;
  /** The path of the API's server: requests may begin with it or not. */
  readonly basePath: string;
  /** The bundled document, as JSON. */
  document(): Promise<string>;
  readonly seed: Seed;
  readonly data: Readonly<Record<string, AnyCollection>>;
  readonly journal: Journal;
  readonly faults: Faults;
  describe(): OperationInfo[];
  /** The state as plain JSON. */
  snapshot(): unknown;
  /** @throws {TypeError} that says what is wrong with the snapshot */
  restore(snapshot: unknown): void;
  readonly marks: Pick<Marks, 'names' | 'set' | 'changes'>;
  /** The calls that changed the data since a mark, as a program. @throws {TypeError} that says why there is none */
  writeScript(since: string | undefined): string;
  /** The sessions that are there. */
  sessions(): SessionInfo[];
  /** Replaces keys. */
  readonly mask: Mask;
  reset(): void;
  /** Empties the journal. */
  clearRequests(): void;
  /** Calls the listener with everything that happens from now on; the function that it returns ends that. */
  subscribe(listener: (event: MockEvent) => void): () => void;
}
