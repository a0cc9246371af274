import type { Exchange } from './transport.ts';

/** Where a list has what its pages are about; a path is a list of names that leads into the body. */
interface PageNames {
  /** Empty where the body itself is the array. */
  items: readonly string[];
  /** The query parameter that asks for another page. */
  position?: string;
  /** The first number or offset. */
  first?: number;
  /** Whether cursors are numbers. */
  numeric?: boolean;
  /** Whether the header `Link` has the address of the next page. */
  link?: boolean;
  next?: readonly string[];
  last?: readonly string[];
  hasMore?: readonly string[];
  total?: readonly string[];
  pages?: readonly string[];
}

/** How a list is paged. A page class reads its items and its next page by it. */
export interface Paging extends Pick<PageNames, 'position' | 'first' | 'link' | 'hasMore'> {
  /** Reads a body into the one that page classes know. */
  read(body: unknown, exchange: Exchange): PageBody;
  /** A cursor as it is sent: a number as text, where cursors are numbers. */
  write(cursor: unknown): unknown;
}

/** A body under the names that page classes know. */
export interface PageBody {
  data: readonly unknown[];
  next?: unknown;
  last_id?: unknown;
  has_more?: boolean;
  total?: number;
  pages?: number;
}

/**
 * For lists whose responses have other names than those of the page classes. Generated methods alone use it.
 */
export function pagedBy(names: PageNames): Paging {
  return {
    ...names,
    write: (cursor) => (names.numeric && Number.isFinite(cursor) ? `${cursor}` : cursor),
    read(body, exchange) {
      const at = (path?: readonly string[]) =>
        path?.reduce(
          (value: unknown, name) => (value as Partial<Record<string, unknown>>)?.[name],
          body,
        );
      const expect = (path: readonly string[] | undefined, type: string) => {
        // A property may be null where there is nothing to say.
        const value = at(path) ?? undefined;
        if (value === undefined || typeof value === type) return value;
        throw exchange.invalid(`Expected a list: \`${path?.join('.')}\` is not a ${type}.`);
      };
      const data = at(names.items);
      if (!Array.isArray(data)) {
        const shown = names.items.length > 0 ? `\`${names.items.join('.')}\`` : 'the body';
        throw exchange.invalid(`Expected a list: ${shown} is not an array.`);
      }
      const next = at(names.next);
      // Their types are checked above.
      // A server may leave out a flag that is optional: what else leads on decides.
      const has_more = (expect(names.hasMore, 'boolean') ?? (names.next && !!next)) as
        | boolean
        | undefined;
      const [total, pages] = [names.total, names.pages].map((path) => expect(path, 'number')) as (
        | number
        | undefined
      )[];
      return {
        data,
        next,
        last_id: at(names.last),
        ...(has_more !== undefined && { has_more }),
        ...(total !== undefined && { total }),
        ...(pages !== undefined && { pages }),
      };
    },
  };
}
