// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

/** The base class of all errors of this package. Also thrown directly for invalid options and arguments. */
export class OrgClientError extends Error {}
export { OrgClientError as OpenAIError };
