/** Whether a host name, without port and brackets, is this machine's own: `localhost`, `127.0.0.1`, `::1`. */
export function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** Whether the host of an address is this machine. */
export function isLoopbackURL(url: string): boolean {
  return isLoopback(new URL(url).hostname.replace(/^\[|\]$/g, ''));
}
