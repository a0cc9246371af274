/** A text in single quotes, as JSON escapes it. */
export function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** One step from a value to a part of it. */
export type Step = {
  /** Whether the value may be null or undefined, so that the program asserts that it is neither. */
  nullable: boolean;
} & ({ property: string } | { kind: 'item' | 'entry' } | { type: string });

/** The expression that reads a part of a value: `result.projects![0]!.name`. */
export function readPart(value: string, steps: readonly Step[]): string {
  let text = value;
  for (const step of steps) {
    const read = `${text}${step.nullable ? '!' : ''}`;
    if ('property' in step) {
      const { property } = step;
      text = /^[A-Za-z_$][\w$]*$/.test(property)
        ? `${read}.${property}`
        : `${read}[${quote(property)}]`;
    } else if ('type' in step) text = `(${text} as ${step.type})`;
    else text = `${read}${step.kind === 'item' ? '[0]' : "['key']"}!`;
  }
  return text;
}

/** The names of the properties among the steps, as a place names them. */
export function namesOf(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => ('property' in step ? [step.property] : []));
}
