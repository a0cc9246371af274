/** How many bytes a text is in UTF-8. */
export function byteLength(text: string): number {
  // Faster, where there is one.
  if (typeof Buffer !== 'undefined') return Buffer.byteLength(text);
  return new TextEncoder().encode(text).length;
}

/** A text as base64 of its UTF-8, without characters that a URL would encode. */
export function toBase64url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** The text that {@link toBase64url} was given; any text at all for what it did not make. */
export function fromBase64url(encoded: string): string {
  try {
    const base64 = encoded.replaceAll('-', '+').replaceAll('_', '/');
    return new TextDecoder().decode(bytesOf(base64));
  } catch {
    return '';
  }
}

/** The bytes that base64 stands for. */
export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** A text with a character for each byte. */
export function latin1Of(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
