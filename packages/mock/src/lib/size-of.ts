/** About how many bytes of memory a parsed value takes. */
export function sizeOfValue(value: unknown): number {
  if (typeof value === 'string') return 40 + sizeOfText(value);
  if (typeof value !== 'object' || value === null) return 16;
  let size = 60;
  for (const [name, item] of Object.entries(value))
    size += 40 + sizeOfText(name) + sizeOfValue(item);
  return size;
}

/** One character beyond Latin-1 makes all of them take two bytes. */
export function sizeOfText(text: string): number {
  return /[\u0100-\uffff]/.test(text) ? 2 * text.length : text.length;
}
