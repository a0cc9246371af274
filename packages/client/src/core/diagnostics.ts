import { name } from './version.ts';

/** The part of `node:diagnostics_channel` that is used. */
interface Channels {
  channel(name: string): { hasSubscribers: boolean; publish(message: object): void };
}

/** Node.js 20.16 and later, and what is compatible with it; elsewhere there are no channels. */
const channels = (
  globalThis as { process?: { getBuiltinModule?: (id: string) => Channels | undefined } }
).process?.getBuiltinModule?.('node:diagnostics_channel');

/** Publishes an event on `@org/client:<channel>`, if somebody has subscribed to it. */
export function publish(channel: string, details: () => object): void {
  const found = channels?.channel(`${name}:${channel}`);
  if (found?.hasSubscribers) found.publish(details());
}
