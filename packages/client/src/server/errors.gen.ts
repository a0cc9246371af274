// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

import type { ErrorObject } from '@org/types';

import { OrgClientError } from './base-error.gen.ts';

export { OrgClientError as ClientError };

/** The base class of errors by its names: its own is the last. */
export const baseErrors: Readonly<Record<string, typeof OrgClientError>> = { OpenAIError: OrgClientError, OrgClientError };

/** The error in a response, as the document's error responses describe it. */
export type { ErrorObject };

/** A value from a server, of any type. */
export type Sent = { readonly [key: string]: Sent } | null | undefined;

/** The error in the body of a response: its `error`. */
export const errorIn = (body: Sent): unknown => body?.['error'];

/** The message of an error, or undefined. */
export const messageIn = (error: Sent): unknown => error?.['message'];
