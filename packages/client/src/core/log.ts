/** How much is logged: each level includes the ones before it. */
export type LogLevel = 'off' | 'error' | 'warn' | 'info' | 'debug';

/** Where log lines go: `console`, or any logger with the same four methods. */
export interface Logger {
  error(message: string, ...rest: unknown[]): void;
  warn(message: string, ...rest: unknown[]): void;
  info(message: string, ...rest: unknown[]): void;
  debug(message: string, ...rest: unknown[]): void;
}

/** Logs at a level, if the client's level asks for it. Bodies and headers are never logged. */
export type Log = (level: Exclude<LogLevel, 'off'>, message: string, details: () => object) => void;

const levels: readonly LogLevel[] = ['off', 'error', 'warn', 'info', 'debug'];

/** The level that applies: what the caller chose, else the environment's, else `warn`. */
export function chooseLogLevel(
  chosen: LogLevel | undefined,
  environment: string | undefined,
  logger: Logger,
): LogLevel {
  for (const [level, source] of [
    [chosen, 'logLevel'],
    [environment as LogLevel | undefined, 'OPENAI_LOG'],
  ] as const) {
    if (!level) continue;
    if (levels.includes(level)) return level;
    logger.warn(
      `${source} is ${JSON.stringify(level)}, which is none of ${levels.join(', ')}: ignored.`,
    );
  }
  return 'warn';
}

export function createLog(logger: Logger, maximum: LogLevel): Log {
  const most = levels.indexOf(maximum);
  return (level, message, details) => {
    if (levels.indexOf(level) <= most) logger[level](message, details());
  };
}

/** Masks the values of query parameters whose names speak of secrets. */
export function maskURL(url: string): string {
  return url.replace(/([?&][^=&]*(?:key|token|secret|password|signature)[^=&]*=)[^&#]*/gi, '$1***');
}

/** Masks a secret that a server sent back. */
export function maskSecret(text: string, secret: string | undefined): string {
  return secret ? text.replaceAll(secret, '***') : text;
}
