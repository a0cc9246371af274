/** Keywords that are for people alone, in schemas and everywhere else. */
export const wordKeywords: readonly string[] = [
  ...['title', 'description', 'summary', 'example', 'examples', 'externalDocs', '$comment', 'tags'],
];
