import type { ReadScheme } from '@org/codegen';

/** A method of the client. */
export type Call = (...args: unknown[]) => Promise<unknown>;

/** The client's method for an operation, whose name is known from the document alone. */
export function methodOf(client: object, id: string): Call {
  const names = id.split('.');
  const action = names.pop() ?? '';
  const resource = names.reduce<Record<string, unknown>>(
    (parent, name) => parent[name] as Record<string, unknown>,
    client as Record<string, unknown>,
  );
  return (...args) => (resource[action] as Call).apply(resource, args);
}

/** The client's options for keys, with a key in the form that each scheme takes, and the keys themselves. */
export function keysFor(schemes: readonly ReadScheme[], key: string) {
  const keys = schemes.map(({ how }) => (how.kind === 'basic' ? `demo:${key}` : key));
  const options = Object.fromEntries(schemes.map(({ option }, i) => [option, keys[i]]));
  // The options' names are the document's.
  return { keys, options: options as object };
}
