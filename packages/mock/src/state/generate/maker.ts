import type { Schema } from '../../api/schema.ts';
import type { Persona } from './persona.ts';

/** Where a value is made. */
export interface Place {
  persona: Persona;
  /** Which of several examples comes: neighbors with as many examples get those that go together. */
  row: number;
  /** How deep the value is inside its item. */
  depth: number;
}

/** Makes a value that a schema allows. The same place and seed give the same value. */
export type Maker = (place: Place, seed: number) => unknown;

/** Compiles a schema into a {@link Maker}: what `compileValue` of `values.ts` is. */
export type Compile = (schema: Schema | boolean, name: string, root: object) => Maker;

/** Objects and arrays deeper than this are as small as the schema lets them be: a schema may refer to itself. */
export const deepest = 4;
