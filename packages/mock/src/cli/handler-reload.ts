import type { API } from '../api/api.ts';
import type { Seen } from '../api/load.ts';
import type { StartedServer } from '../start-mock.ts';
import { UsageError } from './flags.ts';
import { checkHandlers, type HandlerMap, loadHandlers } from './handler-module.ts';
import { printable } from './printable.ts';
import { watch } from './watch.ts';

/** The handlers of `--handlers`. */
export interface OpenedHandlers {
  handlers: HandlerMap;
  /** Lets a mock use the handlers as they change. */
  watch(started: StartedServer): HandlerWatch;
}

interface HandlerWatch {
  /** Tries handlers again that the previous document had no operation for. */
  retry(): void;
  end(): void;
}

interface Reply {
  seen: Seen;
  loaded?: HandlerMap;
  problem?: string;
}

/** @throws {UsageError} with the file, and what is wrong with it */
export async function openHandlers(path: string, api: API): Promise<OpenedHandlers> {
  const seen: Seen = new Map();
  try {
    const handlers = await loadHandlers(path, seen);
    checkHandlers(path, handlers, api);
    return { handlers, watch: (started) => watchHandlers(path, seen, started) };
  } catch (error) {
    throw new UsageError(invalid(path, (error as Error).message));
  }
}

function invalid(path: string, problem: string): string {
  return printable(`--handlers ${path}: ${problem}`, { lines: true });
}

function watchHandlers(path: string, seen: Seen, started: StartedServer): HandlerWatch {
  let told: string | undefined;
  /** What was read last, if it is not in use. */
  let waiting: HandlerMap | undefined;

  const use = (handlers: HandlerMap): string | undefined => {
    try {
      checkHandlers(path, handlers, started.api);
      started.setHandlers(handlers);
    } catch (error) {
      waiting = handlers;
      return (error as Error).message;
    }
    waiting = undefined;
    told = undefined;
    console.error(`\n${path} changed: the mock uses it, and keeps the data.`);
    return undefined;
  };

  const end = watch<Reply>({
    seen,
    load: () => ({ done: read(path), cancel() {} }),
    onLoad({ loaded, problem }) {
      const reason = loaded ? use(loaded) : problem;
      if (reason === undefined || reason === told) return;
      told = reason;
      console.error(`\n${invalid(path, reason)}\nThe mock keeps using the previous version.`);
    },
  });
  return { end, retry: () => void (waiting && use(waiting)) };
}

async function read(path: string): Promise<Reply> {
  const seen: Seen = new Map();
  try {
    return { loaded: await loadHandlers(path, seen), seen };
  } catch (error) {
    return { seen, problem: (error as Error).message };
  }
}
