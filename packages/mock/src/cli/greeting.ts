import { type Example, quote } from './example.ts';

/** What the command says once it listens. */
export interface Greeting {
  /** The base address. */
  url: string;
  /** How many items each collection has. */
  sizes: Record<string, number>;
  /** A request that is worth a first look. */
  example: Example;
  /** Whether the inspector is there. */
  inspector: boolean;
}

/** How many collections are counted one by one: the line has to be read at a glance. */
const shown = 4;

export function greet({ url, sizes, example, inspector }: Greeting): string {
  // Collections below others are named after them, and there is something of theirs in each.
  const counts = Object.entries(sizes)
    .filter(([name]) => !name.includes('.'))
    .map(([name, size]) => `${size} ${size === 1 ? singular(name) : name}`);
  const more = counts.length - shown;
  const listed = [...counts.slice(0, shown), ...(more > 0 ? [`${more} more collections`] : [])];
  const about = listed.length > 0 ? ` (${listed.join(', ')})` : '';
  const curl = ['curl', ...example.flags, quote(new URL(url).origin + example.target)].join(' ');
  return `Mock listening on ${url}${about}
${inspector ? `Inspector: ${new URL('/_mock', url)}\n` : ''}
  ${curl}
`;
}

/** `users` → `user`; a name that does not look like a plural stays as it is. */
function singular(name: string): string {
  return name.replace(/ies$/, 'y').replace(/([^su])s$/, '$1');
}
