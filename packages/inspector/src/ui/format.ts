const time = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
const number = new Intl.NumberFormat('en-US');

/** `14:03:07.250`, in the reader's time zone. */
export function formatTime(milliseconds: number): string {
  return time.format(milliseconds);
}

/** `1,000,000` */
export function formatNumber(value: number): string {
  return number.format(value);
}

/** `0.4 ms`, `12 ms`, `1.20 s` */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 9.95) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

/** `412 B`, `12.5 kB`, `5.0 MB` */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** `1 request`, `2 requests` */
export function plural(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}
