import { discard } from './body.ts';
import { isBrowser } from './environment.ts';

/** As many as the Fetch Standard allows. */
const maxRedirects = 20;
/** What may go to another origin: platforms take every header along but Authorization and cookies. */
const harmless = ['accept', 'content-type', 'user-agent'];

type Send = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Sends a request and follows redirects, as the Fetch Standard says. Another origin gets no header of the caller's. In
 * browsers, which show no redirect to a program, the platform follows, and asks the other origin first.
 *
 * @param given made for this request: `redirect` is set
 */
export async function follow(
  send: Send,
  address: string,
  given: RequestInit & { headers: Headers },
): Promise<Response> {
  if ((given.redirect ?? 'follow') !== 'follow' || isBrowser()) return send(address, given);
  let url = address;
  let init = given;
  init.redirect = 'manual';
  for (let hops = 0; ; hops += 1) {
    const response = await send(url, init);
    const { status } = response;
    const location = [301, 302, 303, 307, 308].includes(status) && response.headers.get('location');
    if (!location) return response;
    discard(response);
    const next = new URL(location, url);
    // Platforms do not send them either, and `fetch` refuses an address that has them.
    next.username = next.password = '';
    if (hops === maxRedirects || !/^https?:$/.test(next.protocol)) {
      throw new TypeError('Too many redirects, or one that is not to an http(s) URL.');
    }
    const toGet = status === 303 || (status < 303 && init.method === 'POST');
    const kept = [...init.headers].filter(
      ([name]) =>
        (next.origin === new URL(url).origin || harmless.includes(name)) &&
        !(toGet && name === 'content-type'),
    );
    init = { ...init, ...(toGet && { method: 'GET', body: null }), headers: new Headers(kept) };
    url = next.href;
  }
}
