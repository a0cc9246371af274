import { afterEach, describe, expect, test, vi } from 'vitest';
import { isBrowser, pageURL, readEnv } from '../src/core/environment.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

describe('an environment variable', () => {
  test('is trimmed; a blank one is none', () => {
    vi.stubEnv('ORG_CLIENT_TEST', ' value ');
    expect(readEnv('ORG_CLIENT_TEST')).toBe('value');
    vi.stubEnv('ORG_CLIENT_TEST', '  ');
    expect(readEnv('ORG_CLIENT_TEST')).toBeUndefined();
    expect(readEnv('ORG_CLIENT_NONE')).toBeUndefined();
  });

  const refusing = {
    get env(): never {
      throw new Error('Requires env access');
    },
  };

  test.each([
    ['has no process', undefined],
    ['has a process without an environment', {}],
    ['refuses to be asked, as Deno may', refusing],
  ])('is none where the runtime %s', (_, process) => {
    vi.stubGlobal('process', process);
    const value = readEnv('PATH');
    vi.unstubAllGlobals();
    expect(value).toBeUndefined();
  });
});

describe('a browser', () => {
  const browser = { userAgent: 'Mozilla/5.0 (X11; Linux x86_64)' };
  const location = { href: 'https://page.test/a' };
  class WorkerGlobalScope {}

  test.each<[string, Record<string, unknown>, boolean]>([
    ['a page', { window: { document: {} }, navigator: browser }, true],
    ['a worker of a page', { WorkerGlobalScope, navigator: browser }, true],
    ['nothing of either', {}, false],
    ['a document without a navigator', { window: { document: {} }, navigator: undefined }, false],
    ['a window without a document', { window: {}, navigator: browser }, false],
    ['a navigator alone', { navigator: browser }, false],
    [
      'another user agent in a worker',
      { WorkerGlobalScope, navigator: { userAgent: 'Deno' } },
      false,
    ],
    ['no user agent in a worker', { WorkerGlobalScope, navigator: {} }, false],
    ['no navigator in a worker', { WorkerGlobalScope, navigator: undefined }, false],
  ])('is told by its globals: %s', (_, globals, expected) => {
    for (const [name, value] of Object.entries({ navigator: undefined, location, ...globals }))
      vi.stubGlobal(name, value);
    expect(isBrowser()).toBe(expected);
    expect(pageURL()).toBe(expected ? location.href : undefined);
  });
});
