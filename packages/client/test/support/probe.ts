import { APIResource } from '../../src/core/resource.ts';
import type { OrgClient, RequestOptions } from '../../src/index.ts';
import {
  type AbstractPage,
  ConversationCursorPage,
  CursorPage,
  NextCursorPage,
  Page,
} from '../../src/index.ts';

export interface Thing {
  id: string;
}

/** A resource with one method for whatever generated ones do, so that the core is tested apart from any spec. */
export class Things extends APIResource {
  /** As a resource of this client would be made. */
  static of(client: OrgClient): Things {
    return new Things(client);
  }

  call = <T = unknown>(...args: Parameters<Things['_client']['_call']>) =>
    this._client._call<T>(...args);

  retrieve(id: unknown, options?: RequestOptions) {
    return this._client._call<Thing>(
      'get',
      '/things/{thing_id}',
      { path: { thing_id: id } },
      options,
    );
  }

  update(id: string, body: object, options?: RequestOptions) {
    return this._client._call<Thing>(
      'post',
      '/things/{thing_id}',
      { path: { thing_id: id }, body },
      options,
    );
  }

  list(kind: keyof typeof kinds, query?: object | null, options?: RequestOptions) {
    return this._client._list<AbstractPage<Thing>, Thing>(
      kinds[kind],
      '/things',
      { query },
      options,
    );
  }

  /** A list with a query parameter that is called like a request option. */
  listOwn(query: object) {
    return this._client._list(Page<Thing>, '/things', { query, own: ['timeout'] });
  }
}

export const kinds = {
  Page: Page<Thing>,
  CursorPage: CursorPage<Thing>,
  ConversationCursorPage: ConversationCursorPage<Thing>,
  NextCursorPage: NextCursorPage<Thing>,
};
