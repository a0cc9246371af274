// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

import type { ErrorObject } from '@org/types';

/** What an error response says, as the document's error responses describe it. */
export type { ErrorObject };

/** What a server sent: it may be anything. */
export type Sent = { readonly [key: string]: Sent } | null | undefined;

/** The error in the body of a response: its `error`. */
export const errorIn = (body: Sent): unknown => body?.['error'];

/** The message of an error; undefined where it has none. */
export const messageIn = (error: Sent): unknown => error?.['message'];
