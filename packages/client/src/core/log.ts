import { envPrefix } from '../server/server.gen.ts';
import { publish } from './diagnostics.ts';
import { show } from './errors.ts';
import { name } from './version.ts';

/** How much is logged: each level includes the ones before it. */
export type LogLevel = 'off' | 'error' | 'warn' | 'info' | 'debug';

/** The destination of log lines: `console`, or any logger with the same four methods. */
export interface Logger {
  error(message: string, ...rest: unknown[]): void;
  warn(message: string, ...rest: unknown[]): void;
  info(message: string, ...rest: unknown[]): void;
  debug(message: string, ...rest: unknown[]): void;
}

/**
 * Logs an event of a call at a level, if the client's level includes it, and publishes it on its channel. Bodies and
 * headers are in neither.
 *
 * @param channel the event's channel, below the package's name
 * @param details what is known; `id` ties the lines of one call together
 */
export type Log = (
  level: Exclude<LogLevel, 'off'>,
  channel: string,
  message: string,
  details: () => { id: string },
) => void;

/** The environment variable that has the level. */
export const logVariable: string = `${envPrefix}_LOG`;

const levels: readonly LogLevel[] = ['off', 'error', 'warn', 'info', 'debug'];

/** The level that applies: the caller's, else the environment's, else `warn`. */
export function chooseLogLevel(
  chosen: LogLevel | undefined,
  environment: string | undefined,
  logger: Logger,
): LogLevel {
  // The environment may hold anything; what is not a level is reported below.
  for (const [level, source] of [
    [chosen, 'logLevel'],
    [environment as LogLevel | undefined, logVariable],
  ] as const) {
    if (!level) continue;
    if (levels.includes(level)) return level;
    write(
      logger,
      'warn',
      `[${name}] ${source} is ignored: it must be one of ${levels.join(', ')}, not ${show(level)}.`,
    );
  }
  return 'warn';
}

export function createLog(logger: Logger, maximum: LogLevel): Log {
  const most = levels.indexOf(maximum);
  return (level, channel, message, details) => {
    publish(channel, details);
    if (levels.indexOf(level) > most) return;
    const shown = details();
    write(logger, level, `[${name} ${shown.id}] ${message}`, shown);
  };
}

const warned = new Set<string>();

/** Logs each warning about an unknown option once per process. In JavaScript, nothing else reports a misspelled one. */
export function warnUnknown(logger: Logger, level: LogLevel, unknown: readonly string[]): void {
  for (const sentence of unknown) {
    if (warned.has(sentence) || levels.indexOf(level) < 2) continue;
    warned.add(sentence);
    write(logger, 'warn', `[${name}] ${sentence}`);
  }
}

function write(logger: Logger, level: Exclude<LogLevel, 'off'>, ...line: [string, object?]): void {
  try {
    logger[level](...line);
  } catch {
    // A logger that fails must not fail the call.
  }
}
