// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

/** The first server of the spec; undefined where its address is not absolute. */
export const defaultBaseURL: string | undefined = 'https://api.openai.com/v1';
