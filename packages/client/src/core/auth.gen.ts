// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

import type { Auth, KeySource } from './auth.ts';

/** The keys of the API. */
export interface AuthOptions {
  /**
   * An admin API key of the organization. Keys for other API calls are rejected. It is sent as a bearer token.
   * A function is called once per attempt, so that a key can be rotated; `null` sends no key. The key goes to the origin of
   * `baseURL` only.
   *
   * @default process.env.OPENAI_ADMIN_KEY
   * @throws {OrgClientError} at construction, if it is missing
   * @example new OrgClient({ adminAPIKey: () => vault.read('key') })
   */
  adminAPIKey?: KeySource | undefined;
}

/** The option that takes the one bearer token of the API. */
export const keyOption = 'adminAPIKey';
/** The environment variable with the key. */
export const keyVariable: string | undefined = 'OPENAI_ADMIN_KEY';
/** How keys are sent if the API needs more than one bearer token. */
export const auth: Auth | undefined = undefined;
