import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Debian and Ubuntu put it; `CHROMIUM` names another place. */
const candidates = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser that is on this machine; undefined where there is none. */
export const executablePath: string | undefined = candidates.find(
  (path) => path !== undefined && existsSync(path),
);

/** Nothing but what the page asks for: no updates, no sign-in, no background traffic. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launch(): Promise<Browser> {
  if (executablePath === undefined) {
    throw new Error('No Chromium found. Install it (`apt-get install chromium`), or set CHROMIUM.');
  }
  return chromium.launch({ executablePath, args: quiet });
}
