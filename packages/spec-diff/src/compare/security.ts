import { isRecord, type Json } from '../document/json.ts';
import { security, securityScheme, sharedSchemes } from '../rules/api/security.ts';
import { words } from '../rules/words.ts';
import type { Compare, Context, Results } from './context.ts';

export function* compareSecurity(context: Context, before: Json, after: Json): Results {
  const [old, now] = [
    before['security'] ?? context.specs.before.document['security'],
    after['security'] ?? context.specs.after.document['security'],
  ];
  const below = ['security'];
  for (const found of security(old, now, context.specs)) yield { ...found, below };
  for (const [name, other] of sharedSchemes(old, now, context.specs)) {
    const [scheme, current] = [
      context.specs.before.component('securitySchemes', name),
      context.specs.after.component('securitySchemes', other),
    ];
    if (!isRecord(scheme) || !isRecord(current)) continue;
    const compare: Compare = function* (_, then, at) {
      yield* words(then, at);
      yield* securityScheme(then, at);
    };
    yield { below, ask: context.question('scheme', scheme, current, 'request', compare) };
  }
}
