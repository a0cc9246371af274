import { defaults, discriminators, dynamicReferences } from './annotations.ts';
import { itemCounts, lengths, propertyCounts, ranges } from './bounds.ts';
import { conditions, contains, contentSchema, not } from './conditions.ts';
import { dependents } from './dependents.ts';
import { enums } from './enums.ts';
import { items, uniqueItems } from './items.ts';
import { integers, multiples } from './numbers.ts';
import { otherMembers, patternProperties, propertyNames } from './objects.ts';
import { properties } from './properties.ts';
import type { SchemaRule } from './rule.ts';
import { texts } from './text.ts';
import { xml } from './xml.ts';

/** Rules about the values of one type. */
export const assertionRules: readonly SchemaRule[] = [
  ...[enums, integers, ranges, multiples, lengths, ...texts],
  ...[itemCounts, items, uniqueItems, contains],
  ...[properties, ...otherMembers, patternProperties, propertyNames, propertyCounts, dependents],
  ...[not, conditions, contentSchema],
];

/** Rules about a schema as a whole. */
export const annotationRules: readonly SchemaRule[] = [
  ...[defaults, discriminators, dynamicReferences, xml],
];
