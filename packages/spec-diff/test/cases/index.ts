import { parameter, request, response, type Schema } from '../support/documents.ts';
import type { Meaning, Row } from '../support/meanings.ts';
import { apiRows } from './api.ts';
import { constraintsRows } from './constraints.ts';
import {
  formsRows,
  mediaTypesRows,
  referencesRows,
  serversRows,
  statusesRows,
  unusedRows,
  upgradeRows,
} from './documents.ts';
import { keywordsRows } from './keywords.ts';
import { operationsRows } from './operations.ts';
import { patternsRows } from './patterns.ts';
import { rareRows } from './rare.ts';
import { schemas, schemasRows } from './schemas.ts';
import { securityRows } from './security.ts';
import { surfacesRows } from './surfaces.ts';
import { unionsRows } from './unions.ts';

/** Two documents, and what the change means: from the first to the second, and back. */
export interface Case {
  name: string;
  before: object;
  after: object;
  there: Row[3];
  back: Row[4];
  /** Where a change is, from the first to the second; an empty text where there is none at all. */
  place?: string;
}

type SchemaRow = readonly [
  name: string,
  before: Schema,
  after: Schema,
  meaning: [Meaning, Meaning],
];

const pairs = (rows: readonly Row[]): Case[] =>
  rows.map(([name, before, after, there, back, place]) => ({
    ...{ name, before, after, there, back, place },
  }));

/** Each pair of schemas twice: sent, and received. */
const both = (
  rows: readonly SchemaRow[],
  sent: (schema: Schema) => object,
  received: (schema: Schema) => object,
): Case[] =>
  rows.flatMap(([name, old, now, [forward, backward]]) =>
    ([sent, received] as const).map((wrap, side) => ({
      name: `${name} (${side === 0 ? 'request' : 'response'})`,
      before: wrap(old),
      after: wrap(now),
      there: forward[side] ?? 'none',
      back: backward[side] ?? 'none',
    })),
  );

/** The table of changes, by the part of the documents that changes. */
export const tables: Readonly<Record<string, readonly Case[]>> = {
  keywords: both(keywordsRows, parameter, response),
  schemas: both(
    schemasRows,
    (schema) => request(schema, { schemas }),
    (schema) => response(schema, { schemas }),
  ),
  unions: both(
    unionsRows,
    (schema) => request(schema, { schemas }),
    (schema) => response(schema, { schemas }),
  ),
  constraints: both(constraintsRows, request, response),
  patterns: both(patternsRows, request, response),
  unused: pairs(unusedRows),
  forms: pairs(formsRows),
  'media types': pairs(mediaTypesRows),
  statuses: pairs(statusesRows),
  '3.0 and 3.1': pairs(upgradeRows),
  references: pairs(referencesRows),
  servers: pairs(serversRows),
  operations: pairs([...apiRows, ...operationsRows]),
  security: pairs(securityRows),
  rare: pairs(rareRows),
  'client and mock': pairs(surfacesRows),
};
