import type { IHttpOperation } from '@stoplight/types';

const readers = new WeakMap<IHttpOperation, (path: string) => Record<string, string>>();

/** The values of the parameters in an operation's path, in order. */
export function readPath(operation: IHttpOperation, path: string): Record<string, string> {
  const read = readers.get(operation) ?? compilePath(operation.path);
  readers.set(operation, read);
  return read(path);
}

function compilePath(template: string): (path: string) => Record<string, string> {
  const names: string[] = [];
  const pattern = template.replace(/[.*+?^$|()[\]\\]|\{([^}]+)\}/g, (match, name?: string) => {
    if (name === undefined) return `\\${match}`;
    names.push(name);
    return '([^/]*)';
  });
  const expression = new RegExp(`^${pattern}$`);
  return (path) => {
    const [, ...values] = expression.exec(path) ?? [];
    return Object.fromEntries(names.map((name, i) => [name, decode(values[i] ?? '')]));
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
