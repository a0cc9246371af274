import { type Schema, shapeOf } from '../api/schema.ts';
import type { Item } from './store.ts';

/** What asks for other pages, where pages have numbers or offsets. */
export interface Others {
  first?: number;
  previous?: number;
  next?: number;
  last?: number;
}

/** What is put into an envelope. */
export interface Contents {
  items: readonly Item[];
  hasMore: boolean;
  first: string | null;
  last: string | null;
  /** The cursor or the address of the next page, where the page class has one of its own. */
  next: string | number | null;
  /** How many items the whole list has; counted only where the document asks for it. */
  total: number;
  /** How many items a page holds. */
  size: number;
  /** How many items come before the page, where that is known. */
  skipped?: number | undefined;
  /** The number or the offset that the request asks for. */
  position: number;
  /** Whether pages are asked for by cursors, which do not tell how many items come before. */
  isCursor: boolean;
  isFirst: boolean;
  /** The numbers or offsets of other pages, where pages have any. */
  others: Others;
  /** The address of another page; without a number or an offset, of this one. */
  addressOf(place?: number): string;
}

/** A part of a list's answer that tells about its page: the value, by what the page holds. */
export type ReadPart = (contents: Contents) => unknown;

/** The parts of an answer besides those that the document's paging names, by their paths. */
export interface FoundPart {
  path: readonly string[];
  read: ReadPart;
}

/** `page_size`, `pageSize` and `PageSize` are the same name. */
export function plainName(name: string): string {
  return name.replaceAll(/[^a-z0-9]/gi, '').toLowerCase();
}

/** Objects that describe a page. */
const holders = words(`
  meta metadata pagination paging pageinfo page links responsemetadata info resultinfo paginginfo pager
  paginationinfo paginationmetadata listmetadata self prev previous first last
`);
const maxDepth = 3;

const count: ReadPart = ({ total }) => total;

const numbers: Record<string, ReadPart> = {
  ...named('page currentpage pagenumber pageno pageindex number startindex', (one) => one.position),
  ...named('perpage pagesize limit size take itemsperpage pagelimit', ({ size, items }) =>
    Number.isFinite(size) ? size : items.length,
  ),
  ...named('offset skip', ({ skipped = 0 }) => skipped),
  ...named('from', ({ items, skipped = 0 }) => (items.length > 0 ? skipped + 1 : null)),
  ...named('to', ({ items, skipped = 0 }) => (items.length > 0 ? skipped + items.length : null)),
  ...named('totalpages pagecount lastpage numpages pagetotal numberofpages', ({ total, size }) =>
    Math.max(1, Math.ceil(total / size)),
  ),
  ...named('total totalcount totalitems totalresults totalelements totalrecords', count),
  ...named('totalsize totalhits totalentries numfound odatacount', count),
  ...named('count itemcount', ({ items, total, isCursor }) => (isCursor ? items.length : total)),
  ...named('numberofelements resultcount', ({ items }) => items.length),
  ...named('nextpage', ({ hasMore, others }) => (hasMore ? (others.next ?? null) : null)),
  ...named('prevpage previouspage', ({ others }) => others.previous ?? null),
};

const flags: Record<string, ReadPart> = {
  ...named('hasmore hasnext hasnextpage hasmoreitems hasmorepages', ({ hasMore }) => hasMore),
  ...named('hasprevious hasprev hasprevpage haspreviouspage', ({ isFirst }) => !isFirst),
  ...named('first isfirst', ({ isFirst }) => isFirst),
  ...named('last islast', ({ hasMore }) => !hasMore),
  ...named('empty', ({ items }) => items.length === 0),
};

const addressOf =
  (which: keyof Others): ReadPart =>
  ({ others, addressOf: at }) =>
    others[which] === undefined ? null : at(others[which]);
const nextAddress = addressOf('next');

const addresses: Record<string, ReadPart> = {
  self: ({ addressOf: at }) => at(),
  ...named('next nextpageurl nexturl nextlink nextpageuri', (contents) =>
    contents.hasMore ? nextAddress(contents) : null,
  ),
  ...named('prev previous prevpageurl previouspageurl prevurl previousurl', addressOf('previous')),
  ...named('prevlink previouslink prevpageuri previouspageuri', addressOf('previous')),
  ...named('first firstpageurl firsturl firstlink firstpageuri', addressOf('first')),
  ...named('last lastpageurl lasturl lastlink lastpageuri', addressOf('last')),
};

const texts: Record<string, ReadPart> = {
  ...addresses,
  firstid: ({ first }) => first,
  lastid: ({ last }) => last,
  ...named('prevcursor previouscursor', () => null),
};

/** Whether a part has the address of a page. */
export function isAddress({ read }: FoundPart): boolean {
  return Object.values(addresses).includes(read);
}

/** Whether a part needs the number of all items, which takes long to count. */
export function isCounted({ path }: FoundPart): boolean {
  return /total|count|pages|lastpage|^last|numfound/.test(plainName(path.at(-1) ?? ''));
}

/**
 * Finds the parts of an answer that tell about its page, nearer ones first.
 *
 * @param known the paths of parts that are known already: others stand beside them
 */
export function findParts(
  schema: Schema | boolean | undefined,
  root: object,
  known: readonly (readonly string[])[],
): FoundPart[] {
  const isHolder = (path: readonly string[]) =>
    holders.has(plainName(path.at(-1) ?? '')) ||
    known.some((one) => one.length > path.length && path.every((name, i) => name === one[i]));
  const found: FoundPart[] = [];
  let level: { path: string[]; schema: Schema | boolean | undefined }[] = [{ path: [], schema }];
  for (let depth = 0; depth < maxDepth; depth += 1) {
    const next: typeof level = [];
    for (const holder of level) {
      const object = shapeOf(holder.schema, root).alternatives.find((one) => one.properties);
      for (const [name, property] of Object.entries(object?.properties ?? {})) {
        const path = [...holder.path, name];
        const plain = plainName(name);
        const read = partOf(
          plain === 'href' ? plainName(holder.path.at(-1) ?? '') : plain,
          property,
          root,
        );
        if (read) found.push({ path, read });
        else if (isHolder(path)) next.push({ path, schema: property });
      }
    }
    level = next;
  }
  return withoutGuesses(found);
}

/** The total is what is called so: `count` beside it is about the page. */
function withoutGuesses(found: readonly FoundPart[]): FoundPart[] {
  const nameOf = ({ path }: FoundPart) => plainName(path.at(-1) ?? '');
  const isTotal = found.some((part) => part.read === count);
  return found.map((part) =>
    isTotal && /^(?:item)?count$/.test(nameOf(part))
      ? { ...part, read: ({ items }: Contents) => items.length }
      : part,
  );
}

function partOf(plain: string, property: Schema | boolean, root: object): ReadPart | undefined {
  const types = shapeOf(property, root).alternatives.flatMap(({ type }) => type ?? []);
  const is = (...names: string[]) => names.some((name) => types.includes(name));
  const own = (parts: Record<string, ReadPart>) =>
    Object.hasOwn(parts, plain) ? parts[plain] : undefined;
  if (is('boolean')) return own(flags);
  if (is('integer', 'number')) return own(numbers);
  // Numbers that are written as texts as well.
  return is('string') ? (own(texts) ?? own(numbers)) : undefined;
}

function named(names: string, read: ReadPart): Record<string, ReadPart> {
  return Object.fromEntries([...words(names)].map((name) => [name, read]));
}

function words(text: string): Set<string> {
  return new Set(text.trim().split(/\s+/));
}
