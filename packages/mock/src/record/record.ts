import type { API } from '../api/api.ts';
import type { FaultRule } from '../control/fault-rule.ts';
import type { AnyCollection } from '../state/any-collection.ts';
import { type Failure, failureOf, type Run } from './failure.ts';
import { shrink } from './shrink.ts';
import { dataOf, type Entry, hitFaults, touchedItems } from './touched.ts';

/** Thrown where no test is written; the message says why. */
export class RecordError extends Error {}

/** What a mock is started with for a run. Undefined: what the caller started the recording with. */
export interface Scenario {
  data: Readonly<Record<string, readonly object[]>>;
  faults: readonly FaultRule[];
}

export interface RecordParts {
  api: API;
  /** The rules of the first run. */
  faults: readonly FaultRule[];
  /** The data of the first run, before it. */
  data: Readonly<Record<string, AnyCollection>>;
  /** Runs the program against a mock of its own. */
  run(scenario?: Scenario): Promise<Run>;
  /** Told of each run. */
  onRun?(count: number): void;
  /** Milliseconds after which the data is made no smaller. */
  patience: number;
}

/** A failure of the program, and the smallest scenario that was found for it. */
export interface Recording {
  failure: Failure;
  scenario: Scenario;
  /** The last run of the scenario. */
  run: Run;
}

/**
 * Runs a program until it is known which data and which faults its failure needs.
 *
 * @throws {RecordError} if it does not fail, or fails in another way with the items that its requests touched
 */
export async function record(parts: RecordParts): Promise<Recording> {
  const { api, onRun, patience } = parts;
  const end = Date.now() + patience;
  let count = 0;
  const run = (scenario?: Scenario) => {
    count += 1;
    onRun?.(count);
    return parts.run(scenario);
  };
  const first = await run();
  const failure = failureOf(first);
  if (!failure) {
    throw new RecordError(
      'The program ended without an error, and no request of it was refused: there is no failure to record. A program that finds a wrong result must exit with another code than 0.',
    );
  }
  let entries: readonly Entry[] = touchedItems(api, parts.data, first.requests);
  let faults: readonly FaultRule[] = hitFaults(parts.faults, first.requests, api);
  const scenarioOf = () => ({ data: dataOf(api, entries), faults });
  const fails = async (scenario: Scenario) =>
    failureOf(await run(scenario))?.signature === failure.signature;
  const failsInTime = async (scenario: Scenario) => Date.now() < end && (await fails(scenario));

  const replayed = failureOf(await run(scenarioOf()));
  if (replayed?.signature !== failure.signature) {
    throw new RecordError(
      `With only the items that its requests touched and the faults that hit them, the program ${replayed ? `fails in another way: ${replayed.message}` : 'does not fail'}\nIt failed before: ${failure.message}`,
    );
  }
  faults = await shrink(faults, (part) => failsInTime({ ...scenarioOf(), faults: part }));
  entries = await shrink(entries, (part) =>
    failsInTime({ ...scenarioOf(), data: dataOf(api, part) }),
  );
  for (const entry of entries) {
    const kept = await shrink(optionalOf(api, entry), (names) =>
      failsInTime({ ...scenarioOf(), data: dataOf(api, withOnly(api, entries, entry, names)) }),
    );
    entries = withOnly(api, entries, entry, kept);
  }
  const last = await run(scenarioOf());
  if (failureOf(last)?.signature !== failure.signature) {
    throw new RecordError(
      `The program does not fail in the same way each time: a test of it would not, either. It failed with: ${failure.message}`,
    );
  }
  return { failure, scenario: scenarioOf(), run: last };
}

/** The properties that do not say which item it is. */
function optionalOf(api: API, { collection, item }: Entry): string[] {
  const definition = api.collections.find(({ name }) => name === collection);
  const kept = [
    definition?.idProperty ?? '',
    ...(definition?.scope ?? []).map(({ param, property }) => property ?? param),
  ];
  const isKept = (name: string) => kept.some((one) => one === name || one.startsWith(`${name}.`));
  return Object.keys(item).filter((name) => !isKept(name));
}

/** The entries, one of them with these optional properties only. */
function withOnly(
  api: API,
  entries: readonly Entry[],
  entry: Entry,
  names: readonly string[],
): Entry[] {
  const dropped = optionalOf(api, entry).filter((name) => !names.includes(name));
  return entries.map((one) => {
    if (one !== entry) return one;
    const kept = Object.entries(one.item).filter(([name]) => !dropped.includes(name));
    return { ...one, item: Object.fromEntries(kept) };
  });
}
