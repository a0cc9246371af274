/** Whether a text is a URL and no path: `https://example.com/openapi.yaml`. */
export function isURL(text: string): boolean {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(text);
}
