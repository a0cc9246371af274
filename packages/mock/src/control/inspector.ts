import { readFile } from 'node:fs/promises';
import type { MockResponse } from '../http/response.ts';

/** Where the build puts the inspector, seen from the bundle and from the source. */
const folders = ['./inspector/', '../../dist/inspector/'].map(
  (path) => new URL(path, import.meta.url),
);

const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
};

/** No inline code, no other origin, and no frame of another page around it. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const notBuilt = `The inspector is not part of this build. In a clone of the repository, \`pnpm build\` adds it.

The control endpoints work without it: GET /_mock/health, /_mock/requests, /_mock/faults, /_mock/data, …
`;

/** The page of the inspector. Files are read when they are asked for: they cost nothing until then. */
export async function servePage(): Promise<MockResponse> {
  return (await file('index.html')) ?? text(404, notBuilt);
}

/** A script or style sheet of the page. */
export async function serveAsset(name: string): Promise<MockResponse> {
  // A name, and no path: nothing outside the folder can be asked for.
  const isName = /^\w[\w.-]*$/.test(name) && name !== 'index.html';
  const found = isName ? ((await file(`assets/${name}`)) ?? (await file(name))) : undefined;
  return found ?? text(404, `The inspector has no file '${name}'.\n`);
}

async function file(path: string): Promise<MockResponse | undefined> {
  const type = types[path.slice(path.lastIndexOf('.') + 1)];
  if (!type) return undefined;
  for (const folder of folders) {
    try {
      const body = await readFile(new URL(path, folder));
      return { status: 200, headers: { ...headers, 'content-type': type }, body };
    } catch {
      // Not here.
    }
  }
  return undefined;
}

const headers = { 'content-security-policy': policy };

function text(status: number, body: string): MockResponse {
  return { status, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' }, body };
}
