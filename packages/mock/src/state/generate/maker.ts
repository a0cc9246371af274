import type { Schema } from '../../api/schema.ts';
import type { Persona } from './persona.ts';

/** Where a value is made. */
export interface Place {
  persona: Persona;
  /** Which of several examples comes: neighbors with as many examples get those that go together. */
  row: number;
  /** How deep the value is inside its item. */
  depth: number;
  /** How many properties and array items the item has so far. Set by the outermost object. */
  made?: { count: number };
}

/** Makes a value that a schema allows. The same place and seed give the same value. */
export type Maker = (place: Place, seed: number) => unknown;

/** Compiles a schema into a {@link Maker}: what `compileValue` of `values.ts` is. */
export type Compile = (schema: Schema | boolean, name: string, root: object) => Maker;

/** Objects and arrays deeper than this are as small as the schema lets them be: a schema may refer to itself. */
export const deepest = 4;

/** Properties and array items that one item has at most, those that are required or near its root aside. */
const most = 60;

/** Whether what is made here should be as small as the schema lets it be. */
export function isFull({ depth, made }: Place): boolean {
  return depth > deepest || (depth > 1 && made !== undefined && made.count > most);
}
