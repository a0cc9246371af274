import type { Finding } from '../change.ts';
import type { Schema } from '../document.ts';

/** Keywords that hold a number, and whether a higher one allows more. */
const keywords: Record<string, boolean> = {
  minimum: false,
  exclusiveMinimum: false,
  minLength: false,
  minItems: false,
  minProperties: false,
  maximum: true,
  exclusiveMaximum: true,
  maxLength: true,
  maxItems: true,
  maxProperties: true,
};

/** Bounds of numbers, texts, arrays and objects. */
export function* bounds(before: Schema, after: Schema): Generator<Finding> {
  for (const [keyword, isUpper] of Object.entries(keywords)) {
    const old = before[keyword] as number | undefined;
    const now = after[keyword] as number | undefined;
    if (old === now) continue;
    if (old === undefined || now === undefined) {
      yield now === undefined
        ? { effect: 'wider', message: `The \`${keyword}\` of ${old} is gone.` }
        : { effect: 'narrower', message: `There is now a \`${keyword}\` of ${now}.` };
      continue;
    }
    const effect = now > old === isUpper ? 'wider' : 'narrower';
    const verb = now > old ? 'rose' : 'fell';
    yield { effect, message: `The \`${keyword}\` ${verb} from ${old} to ${now}.` };
  }
  yield* multiples(before['multipleOf'] as number, after['multipleOf'] as number);
  if (Boolean(before['uniqueItems']) !== Boolean(after['uniqueItems'])) {
    yield after['uniqueItems']
      ? { effect: 'narrower', message: 'The items must now be unique.' }
      : { effect: 'wider', message: 'The items need no longer be unique.' };
  }
}

function* multiples(old: number | undefined, now: number | undefined): Generator<Finding> {
  if (old === now) return;
  const message = `The \`multipleOf\` changed from ${old ?? 'none'} to ${now ?? 'none'}.`;
  if (now === undefined) yield { effect: 'wider', message };
  else if (old === undefined) yield { effect: 'narrower', message };
  else if (now % old === 0) yield { effect: 'narrower', message };
  else yield { effect: old % now === 0 ? 'wider' : 'different', message };
}
