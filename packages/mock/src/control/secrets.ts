import { memoize } from '../lib/memoize.ts';

/** What stands in the place of a key. */
export const masked = '***';

/** Keys shorter than this are replaced only where they stand alone: `a` in every word would leave nothing readable. */
const shortKey = 8;
/** From this length on, texts are remembered: pages come again, and a search takes as long as sending them. */
const longText = 512;
/** How many characters of texts are remembered for a key, and for how many keys. */
const remembered = { capacity: 512 * 1024, longestKey: 16 * 1024 };
const rememberedKeys = 10;

/** Replaces keys in texts, and in the names and values of anything that was parsed. */
export interface Mask {
  text(text: string): string;
  value<T>(value: T): T;
}

/**
 * Makes masks for the journal: one for each request, since its own key is replaced as well as those that the mock
 * knows. The last ones are kept.
 */
export function createMasks(knownKeys: readonly string[]): (authorization?: string) => Mask {
  const masks = new Map<string, Mask>();
  return (authorization = '') => {
    const known = masks.get(authorization);
    if (known) return known;
    const mask = createMask([...knownKeys, credentials(authorization)]);
    if (masks.size >= rememberedKeys) masks.clear();
    masks.set(authorization, mask);
    return mask;
  };
}

/** What follows the scheme of an `Authorization` header; all of it without a scheme. */
function credentials(authorization: string): string {
  return authorization.trim().replace(/^[a-z][\w-]*\s+/i, '');
}

function createMask(keys: readonly string[]): Mask {
  // The longest first: one key may begin with another.
  const patterns = [...new Set(keys.filter(Boolean))]
    .sort((a, b) => b.length - a.length)
    .map(patternOf);

  const hide = (text: string) =>
    patterns.reduce((rest, pattern) => rest.replace(pattern, masked), text);

  /** Texts may be percent-encoded, once or twice: a key that shows when they are decoded is replaced, too. */
  const search = (given: string) => {
    let shown = hide(given);
    for (let i = 0, decoded = given; i < 3 && decoded.includes('%'); i += 1) {
      decoded = decode(decoded);
      const hidden = hide(decoded);
      if (hidden !== decoded) shown = hidden;
    }
    return shown;
  };
  const searchOnce = memoize(search, (given) => given, remembered);
  const text = (given: string) => (given.length < longText ? search(given) : searchOnce(given));

  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(walk);
    if (isEmpty(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [text(name), walk(item)]),
    );
  };

  // The same shape, with other texts.
  return { text, value: <T>(value: T) => walk(value) as T };
}

/** Most requests have no parameters: there is nothing to copy. */
function isEmpty(value: object): boolean {
  for (const _ in value) return false;
  return true;
}

/** A key as it is, in a URL, in JSON, and in a form where a plus became a space. */
function patternOf(key: string): RegExp {
  const forms = [
    key,
    encodeURIComponent(key),
    JSON.stringify(key).slice(1, -1),
    key.replaceAll('+', ' '),
  ];
  const any = [...new Set(forms)].map(escapeRegExp).join('|');
  return key.length < shortKey
    ? new RegExp(`(?<![\\w-])(?:${any})(?![\\w-])`, 'g')
    : new RegExp(any, 'g');
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Keys are ASCII, so bytes that are none need no care. */
function decode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
