/** How much is logged: each level includes the ones before it. */
export type LogLevel = 'off' | 'error' | 'warn' | 'info' | 'debug';

/** Where log lines go: `console`, or any logger with the same four methods. */
export interface Logger {
  error(message: string, ...rest: unknown[]): void;
  warn(message: string, ...rest: unknown[]): void;
  info(message: string, ...rest: unknown[]): void;
  debug(message: string, ...rest: unknown[]): void;
}

/** Logs at a level, if the client's level includes it. Bodies and headers are never logged. */
export type Log = (
  level: Exclude<LogLevel, 'off'>,
  message: string,
  details?: () => object,
) => void;

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
    [environment as LogLevel | undefined, 'OPENAI_LOG'],
  ] as const) {
    if (!level) continue;
    if (levels.includes(level)) return level;
    createLog(logger, 'warn')(
      'warn',
      `${source} is ignored: it must be one of ${levels.join(', ')}, not ${JSON.stringify(level)}.`,
    );
  }
  return 'warn';
}

export function createLog(logger: Logger, maximum: LogLevel): Log {
  const most = levels.indexOf(maximum);
  return (level, message, details) => {
    if (levels.indexOf(level) > most) return;
    try {
      logger[level](message, ...(details ? [details()] : []));
    } catch {
      // A logger that fails must not fail the call.
    }
  };
}
