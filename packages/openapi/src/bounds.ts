/** The constraints of a schema in words: `1 to 100, default 20.` Empty if there are none. */
export function boundsOf(schema: unknown): string {
  const {
    minimum,
    maximum,
    minLength,
    maxLength,
    minItems,
    maxItems,
    enum: values,
    default: given,
  } = (schema ?? {}) as Record<string, unknown>;
  const parts = [
    rangeOf(minimum, maximum, ''),
    rangeOf(minLength, maxLength, ' characters'),
    rangeOf(minItems, maxItems, ' items'),
    Array.isArray(values)
      ? `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`
      : '',
    given === undefined ? '' : `default ${JSON.stringify(given)}`,
  ].filter(Boolean);
  const text = parts.join(', ');
  return text && `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** `1 to 100 items`, `at least 1 items`; empty without a bound. */
export function rangeOf(from: unknown, to: unknown, unit: string): string {
  if (from !== undefined && to !== undefined) return `${String(from)} to ${String(to)}${unit}`;
  if (from !== undefined) return `at least ${String(from)}${unit}`;
  return to === undefined ? '' : `at most ${String(to)}${unit}`;
}
