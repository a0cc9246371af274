const token = "[\\w!#$&'*+.^`|~-]+";
const mediaType = new RegExp(
  `^${token}/${token}(?:[ \\t]*;[ \\t]*${token}=(?:${token}|"[^"\\\\%]*"))*$`,
);

/** Whether a key of `responses` stands for responses: `200`, `2XX` or `default`. */
export function isStatus(key: string): boolean {
  return /^(?:[1-5](?:\d\d|XX)|default)$/i.test(key);
}

/**
 * Whether a key of `content` is a media type or a range of them. A percent sign would be one in HTTP, but it is not an
 * escape there, and tools that turn the key into a reference fail.
 */
export function isMediaType(key: string): boolean {
  return mediaType.test(key);
}
