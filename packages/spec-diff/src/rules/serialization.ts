import type { Finding } from '../change.ts';
import type { Parameter } from '../document.ts';

/** How a parameter is written on the wire. */
export function* serialization(before: Parameter, after: Parameter): Generator<Finding> {
  const [old, now] = [before, after].map(effective);
  if (!old || !now) return;
  for (const keyword of ['style', 'explode'] as const) {
    if (old[keyword] !== now[keyword]) {
      const message = `The \`${keyword}\` changed from ${old[keyword]} to ${now[keyword]}.`;
      yield { effect: 'different', message };
    }
  }
  for (const keyword of ['allowReserved', 'allowEmptyValue'] as const) {
    if (old[keyword] === now[keyword]) continue;
    const message = `The \`${keyword}\` changed from ${old[keyword]} to ${now[keyword]}.`;
    yield { effect: now[keyword] ? 'wider' : 'narrower', message };
  }
}

/** With OpenAPI's defaults filled in: writing a default down changes nothing. */
function effective({ in: where, style, explode, allowReserved, allowEmptyValue }: Parameter) {
  const used = style ?? (where === 'query' || where === 'cookie' ? 'form' : 'simple');
  return {
    style: used,
    explode: explode ?? used === 'form',
    allowReserved: allowReserved ?? false,
    allowEmptyValue: allowEmptyValue ?? false,
  };
}
