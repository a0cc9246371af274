import type { IHttpRequest, IHttpResponse } from '@stoplight/prism-http';

/** A request as Prism's validators and its mocker take it. */
export interface PrismRequest extends IHttpRequest {
  headers: Record<string, string>;
  /** What is wrong with a body that could not be parsed; `body` is missing then. */
  bodyError?: string;
  /** What a body that is a form says; `body` is its text then. */
  form?: Form | undefined;
}

export interface Form {
  /** The fields, with the types of the document. */
  fields: unknown;
  /** The names of the fields that are files. */
  files: readonly string[];
}

/** An answer as Prism's validators take it. */
export type PrismAnswer = IHttpResponse;
