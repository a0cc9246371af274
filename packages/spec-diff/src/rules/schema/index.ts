import {
  containers,
  defaults,
  discriminators,
  dynamicReferences,
  schemaWords,
  structure,
} from './annotations.ts';
import { assertions } from './assertions.ts';
import { itemCounts, lengths, propertyCounts, ranges } from './bounds.ts';
import { items, uniqueItems } from './items.ts';
import { integers, multiples } from './numbers.ts';
import { additionalProperties, patternProperties } from './objects.ts';
import { properties, visibility } from './properties.ts';
import type { SchemaRule } from './rule.ts';
import { texts } from './text.ts';
import { values } from './values.ts';
import { xml } from './xml.ts';

/** Every rule for schemas. What no rule here owns is an unknown keyword. */
export const schemaRules: readonly SchemaRule[] = [
  ...[structure, containers, schemaWords, visibility],
  ...[integers, values, ranges, multiples, lengths, ...texts],
  ...[itemCounts, items, uniqueItems],
  ...[properties, additionalProperties, patternProperties, propertyCounts],
  ...assertions,
  ...[defaults, discriminators, dynamicReferences, xml],
];
