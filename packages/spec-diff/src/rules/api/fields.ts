import type { Finding } from '../../change/change.ts';
import { canonical, type Json, namesOf } from '../../document/json.ts';
import { wordKeywords } from '../../document/words.ts';

/** Fields of an OpenAPI object that no rule reads: their change is breaking until there is one. Extensions are not. */
export function* unknownFields(
  before: Json,
  after: Json,
  known: readonly string[],
): Generator<Finding> {
  for (const field of namesOf(before, after)) {
    if (known.includes(field) || wordKeywords.includes(field) || field === 'deprecated') continue;
    if (canonical(before[field]) === canonical(after[field])) continue;
    yield keywordChanged(field);
  }
}

/** The effect of an unknown keyword is unknown; an extension has none. */
export function keywordChanged(keyword: string): Finding {
  return keyword.startsWith('x-')
    ? { id: 'extension-changed', verdict: 'none', args: { keyword }, at: [keyword] }
    : { id: 'keyword-changed', verdict: 'breaking', args: { keyword }, at: [keyword] };
}
