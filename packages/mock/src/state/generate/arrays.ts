import type { Schema } from '../../api/schema.ts';
import { type Compile, isFull, type Maker } from './maker.ts';
import type { Persona } from './persona.ts';
import { below, fraction, mix } from './random.ts';

/** Compiles an array's schema into a function that makes such arrays, of few items and without twins. */
export function compileArray(
  schema: Schema,
  name: string,
  root: object,
  compileValue: Compile,
): Maker {
  const { items, prefixItems, additionalItems, minItems = 0, maxItems = Infinity } = schema;
  const tuple = prefixItems ?? (Array.isArray(items) ? items : []);
  const others = Array.isArray(items) ? additionalItems : items;
  const single = name.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
  const makers = tuple.map((one) => compileValue(one, single, root));
  const rest = others === false ? undefined : compileValue(others ?? true, single, root);
  const most = Math.min(maxItems, rest ? Infinity : makers.length);
  return (place, seed) => {
    const { persona, row, depth } = place;
    if (place.made) place.made.count += 1;
    const isEmpty = isFull(place) || (!persona.exemplary && fraction(seed, 30) < 0.1);
    const extra = isEmpty ? 0 : 1 + below(3, seed, 31);
    const length = Math.max(minItems, Math.min(most, Math.max(tuple.length, minItems + extra)));
    const values: unknown[] = [];
    const seen = new Set<string>();
    // Twins are passed over where they are not wanted, which may take a few more tries.
    for (let i = 0; values.length < length && i < length * 8 + 8; i += 1) {
      const own: Persona = {
        ...persona,
        seed: mix(persona.seed, 32 + i),
        index: below(1000, seed, i),
      };
      const maker = makers[values.length] ?? rest;
      if (!maker) break;
      const value = maker(
        { ...place, persona: own, row: row + i, depth: depth + 1 },
        mix(seed, 33 + i),
      );
      const text = JSON.stringify(value);
      if (seen.has(text) && (schema.uniqueItems || values.length >= minItems)) continue;
      seen.add(text);
      values.push(value);
    }
    return values;
  };
}
