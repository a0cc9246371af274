import type { Finding } from '../change.ts';
import type { Schema } from '../document.ts';
import { wordKeywords } from './words.ts';

/** Keywords that another rule judges, or that the walker walks. */
const judged = new Set([
  ...wordKeywords,
  ...['type', 'oneOf', 'anyOf', 'allOf', '$ref', 'items', 'properties', 'required', 'deprecated'],
  ...['additionalProperties', 'enum', 'const', 'default', 'multipleOf', 'uniqueItems'],
  ...['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'],
  ...['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'],
  ...['pattern', 'format', 'contentEncoding', 'contentMediaType'],
]);

/** A keyword that no rule knows may do anything: its change is breaking until there is a rule. Extensions are words. */
export function* otherKeywords(before: Schema, after: Schema): Generator<Finding> {
  for (const keyword of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (judged.has(keyword)) continue;
    if (JSON.stringify(before[keyword]) === JSON.stringify(after[keyword])) continue;
    const isExtension = keyword.startsWith('x-');
    yield { effect: isExtension ? 'same' : 'different', message: `The \`${keyword}\` changed.` };
  }
}
