/** A violation of the spec, as Prism reports it. Severity 0 is an error. */
export interface Diagnostic {
  message: string;
  severity: number;
  path?: (string | number)[];
  code?: string | number;
}
