/**
 * The ids of generated items: each looks random, but encodes the item's index, so that no table of ids is needed.
 */
export interface IDs {
  /** The id at an index, as the item holds it: a string, or a number where the schema says so. */
  at(index: number): string | number;
  /** The index that an id encodes; undefined if {@link IDs.at} never returns this id. */
  indexOf(id: string): number | undefined;
  /** A number that belongs to an id in every scope; those of neighboring items follow each other. */
  rowOf(id: string): number;
}
