interface Surroundings {
  process?: { env?: Record<string, string | undefined> };
  window?: { document?: unknown };
  navigator?: { userAgent?: string };
  WorkerGlobalScope?: unknown;
  location?: { href?: string };
}
const surroundings = globalThis as Surroundings;

/** An environment variable, trimmed; undefined if it is blank or the runtime has no environment. */
export function readEnv(name: string): string | undefined {
  try {
    return surroundings.process?.env?.[name]?.trim() || undefined;
  } catch {
    // Deno throws unless the program may read its environment.
    return undefined;
  }
}

/** A page, or a worker of one. Other runtimes have some of the same globals, but no browser's user agent. */
export function isBrowser(): boolean {
  const { window, navigator, WorkerGlobalScope } = surroundings;
  if (window?.document && navigator) return true;
  return WorkerGlobalScope !== undefined && navigator?.userAgent?.startsWith('Mozilla/') === true;
}

/** What a relative address is relative to: the page, in a browser. */
export function pageURL(): string | undefined {
  return isBrowser() ? surroundings.location?.href : undefined;
}
