import type { Server } from '@org/openapi';

/** The address of a server, with its variables at their defaults; undefined if one has no default. */
export function addressOf({ url, variables = {} }: Server): string | undefined {
  let isComplete = true;
  const address = url.replaceAll(/\{([^}]*)\}/g, (_, name: string) => {
    const value = Object.hasOwn(variables, name) ? variables[name]?.default : undefined;
    isComplete &&= value !== undefined;
    return value ?? '';
  });
  return isComplete ? address : undefined;
}

/** The path of a server's address; empty if it has none, or is not a URL. */
export function basePathOf(server: Server = { url: '/' }): string {
  const address = addressOf(server) ?? server.url;
  if (!URL.canParse(address, 'http://localhost')) return '';
  return new URL(address, 'http://localhost').pathname.replace(/\/+$/, '');
}
