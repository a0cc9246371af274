import { name } from './version.ts';

/** The part of `node:diagnostics_channel` that is used. */
interface Channels {
  channel(name: string): { hasSubscribers: boolean; publish(message: object): void };
}

/** Node.js 20.16 and later, and what is compatible with it; elsewhere there are no channels. */
const channels = (
  globalThis as { process?: { getBuiltinModule?: (id: string) => Channels | undefined } }
).process?.getBuiltinModule?.('node:diagnostics_channel');

/** Kept, since a channel is looked up by its name each time. */
const known: Record<string, ReturnType<Channels['channel']> | undefined> = {};

/** Publishes an event on `@org/client:<channel>`, if somebody has subscribed to it. */
export function publish(channel: string, details: () => object): void {
  known[channel] ??= channels?.channel(`${name}:${channel}`);
  if (known[channel]?.hasSubscribers) known[channel].publish(details());
}
