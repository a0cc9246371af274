import type { Writable } from 'node:stream';
import { styleText } from 'node:util';
import type { RecordedRequest } from '../control/journal.ts';
import type { LogFormat } from './flags.ts';
import { printable } from './printable.ts';

/** Milliseconds between two writes: a write for each line would take a fifth of a busy mock's time. */
const interval = 10;
/** The most characters that wait for a reader who does not read; lines beyond them are dropped. */
const backlog = 1024 * 1024;

/**
 * A logger that writes a line for each request. A closed pipe ends the log, and not the mock; a reader that is too slow
 * misses lines, and the log says how many.
 */
export function createLog(
  format: LogFormat,
  stream: Writable,
): ((request: RecordedRequest) => void) | undefined {
  if (format === 'none') return undefined;
  const toText = format === 'json' ? toJSON : toLines;
  let waiting = '';
  let dropped = 0;
  let isClosed = false;
  stream.on('error', () => {
    isClosed = true;
    waiting = '';
  });
  const flush = () => {
    if (!isClosed) stream.write(waiting);
    waiting = '';
  };
  return (request) => {
    if (isClosed) return;
    if (stream.writableLength + waiting.length > backlog) {
      dropped += 1;
      return;
    }
    if (!waiting) setTimeout(flush, interval);
    if (dropped > 0) waiting += `${toNote(format, dropped)}\n`;
    dropped = 0;
    waiting += `${toText(request)}\n`;
  };
}

/** Says how many lines are missing here. */
function toNote(format: LogFormat, dropped: number): string {
  return format === 'json'
    ? JSON.stringify({ dropped })
    : `${' '.repeat(14)}${dropped} requests are missing from this log, because it was not read`;
}

/** Bodies are left out: they hold names and addresses, and the journal has them. */
function toJSON({ body: _, response: __, ...request }: RecordedRequest): string {
  return JSON.stringify(request);
}

function toLines(request: RecordedRequest): string {
  const { method, path, query, status, validations, duration, fault } = request;
  const search = new URLSearchParams(Object.entries(query).flatMap(pairs)).toString();
  const color = status >= 500 || status === 0 ? 'red' : status >= 400 ? 'yellow' : 'green';
  const target = printable(search ? `${path}?${search}` : path);
  const time = `${duration.toFixed(1)} ms`.padStart(9);
  const lines = [`${styleText(color, String(status).padStart(3))} ${time}  ${method} ${target}`];
  if (fault) lines.push(`${' '.repeat(14)}hit by ${fault}`);
  for (const { message, severity } of validations) {
    const prefix = severity === 'warning' ? 'warning: ' : '';
    lines.push(' '.repeat(14) + prefix + printable(message));
  }
  return lines.join('\n');
}

function pairs([name, value]: [string, string | string[]]): [string, string][] {
  return [value].flat().map((item) => [name, item]);
}
