// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

/** The first server of the spec; undefined if its address is not absolute. */
export const defaultBaseURL: string | undefined = 'https://api.openai.com/v1';

/** The name of the client's class. */
export const clientName = 'OrgClient';

/** The prefix of environment variables. */
export const envPrefix = 'OPENAI';

/** Options that are sent as headers with every request. */
export interface HeaderOptions {
  /**
   * The organization. Sent as `OpenAI-Organization`.
   *
   * @default process.env.OPENAI_ORG_ID
   * @example new OrgClient({ organization: 'abc' })
   */
  organization?: string | null | undefined;
  /**
   * The project. Sent as `OpenAI-Project`.
   *
   * @default process.env.OPENAI_PROJECT_ID
   * @example new OrgClient({ project: 'abc' })
   */
  project?: string | null | undefined;
}

/** Their headers and environment variables. */
export const headerOptions: Readonly<Record<string, { header: string; env: string }>> = {
  organization: { header: 'openai-organization', env: 'OPENAI_ORG_ID' },
  project: { header: 'openai-project', env: 'OPENAI_PROJECT_ID' },
};
