/** Keywords for people only, in schemas and elsewhere. */
export const wordKeywords: readonly string[] = [
  ...['title', 'description', 'summary', 'example', 'examples', 'externalDocs', '$comment', 'tags'],
];
