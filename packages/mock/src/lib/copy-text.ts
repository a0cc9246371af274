/**
 * A copy of a text that was cut out of another one. Engines keep the whole text for as long as any part of it is held:
 * a name out of a body of 1 MB takes 1 MB.
 */
export function copyText(text: string): string {
  // Neither a slice nor a concatenation of one is sure to be a copy; and this keeps lone surrogates.
  return JSON.parse(JSON.stringify(text));
}
