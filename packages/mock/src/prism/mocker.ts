import type { PrismHttpComponents } from '@stoplight/prism-http';

type Mocker = PrismHttpComponents['mock'];

let mocker: Mocker | undefined;

/** Thrown by {@link prismMocker} while Prism's mocker is not loaded yet. The engine loads it, and asks again. */
export const mockerMissing: Error = new Error('Prism’s mocker is not loaded yet');

/**
 * Prism's own component that answers requests: examples, fakes, content negotiation. It stays out of start-up, with
 * the fake data that it brings along, which is most of what Prism weighs: {@link loadMocker} loads it.
 */
export const prismMocker: Mocker = (call) => {
  if (!mocker) throw mockerMissing;
  return mocker(call);
};

/** Loads Prism's mocker, once. */
export async function loadMocker(): Promise<void> {
  const { default: module } = await import('@stoplight/prism-http/dist/mocker/index.js');
  mocker = module.default as Mocker;
}
