/** What the command says once it listens. */
export interface Greeting {
  /** The base address. */
  url: string;
  /** How many items each collection has. */
  sizes: Record<string, number>;
  /** A path, with its query, that is worth a first look. */
  example: string;
  /** Whether the inspector is there. */
  inspector: boolean;
  /** Whether only certain keys are accepted. They are not shown. */
  hasKeys: boolean;
}

/** How many collections are counted one by one: the line has to be read at a glance. */
const shown = 4;

export function greet({ url, sizes, example, inspector, hasKeys }: Greeting): string {
  // Collections below others are named after them, and there is something of theirs in each.
  const counts = Object.entries(sizes)
    .filter(([name]) => !name.includes('.'))
    .map(([name, size]) => `${size} ${size === 1 ? singular(name) : name}`);
  const more = counts.length - shown;
  const listed = [...counts.slice(0, shown), ...(more > 0 ? [`${more} more collections`] : [])];
  const about = listed.length > 0 ? ` (${listed.join(', ')})` : '';
  const key = hasKeys ? 'YOUR_KEY' : 'any-key';
  return `Mock listening on ${url}${about}
${inspector ? `Inspector: ${new URL('/_mock', url)}\n` : ''}
  curl -H 'Authorization: Bearer ${key}' '${url}${example}'
`;
}

/** `users` → `user`; a name that does not look like a plural stays as it is. */
function singular(name: string): string {
  return name.replace(/ies$/, 'y').replace(/([^su])s$/, '$1');
}
