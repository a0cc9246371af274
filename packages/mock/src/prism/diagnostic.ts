/** A violation of the spec, as Prism reports it. Severity 0 is an error. */
export interface Diagnostic {
  message: string;
  severity: number;
  path?: (string | number)[];
  code?: string | number;
}

/** What was wrong with a request or an answer, by the spec. */
export interface Violation {
  /** Where: `['query', 'limit']`. */
  location: string[];
  message: string;
  /** A request with warnings alone is answered. */
  severity: 'error' | 'warning';
}

/** A sentence of Prism's without the place that it begins with. */
export function plain(message: string): string {
  return message
    .replace(
      /^(?:Request|Response) (?:(?:body|query|path|headers?|cookie) )?(?:(?:property|parameter) \S+ )?/,
      '',
    )
    .replace(/^must be \w+(?:,\w+)+$/, (types) => types.replaceAll(',', ' or '));
}

export function toViolation({ path = [], message, severity }: Diagnostic): Violation {
  return { location: path.map(String), message, severity: severity === 0 ? 'error' : 'warning' };
}
