declare module 'parse-prefer-header' {
  /** Reads a Prefer header (RFC 7240): preferences by name; true where one has no value. */
  export default function parsePreferHeader(header: string): Record<string, string | true>;
}
