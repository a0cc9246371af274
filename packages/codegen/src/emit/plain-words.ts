import { visible } from '@org/openapi';
import { maps } from '../read/keyword-nodes.ts';
import { inline, paragraphs } from './markdown.ts';

const words = new Set(['description', 'summary', 'title']);
/** Shown after a tag, and part of no type. */
const values = new Set(['default', 'example', 'examples', 'format']);

/**
 * Changes the words of a document so that they are only words: openapi-typescript writes them into comments as they are.
 */
export function withPlainWords<T>(document: T): T {
  change(document, false);
  return document;
}

function change(node: unknown, isMap: boolean): void {
  if (Array.isArray(node)) for (const item of node) change(item, false);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
  const object = node as Record<string, unknown>;
  for (const [key, value] of Object.entries(object)) {
    if (isMap) change(value, false);
    // A constant may be an object, of which a type is made.
    else if (key === 'const' || key === 'enum') continue;
    else if (words.has(key) && typeof value === 'string')
      object[key] = key === 'title' ? inline(value) : paragraphs(value);
    else if (values.has(key)) object[key] = onOneLine(value);
    else change(value, maps.has(key) && !Array.isArray(value));
  }
}

/** An editor shows an example as code, not as Markdown; but a new line could begin a tag. */
function onOneLine(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(onOneLine);
  return typeof value === 'string' ? visible(value) : value;
}
