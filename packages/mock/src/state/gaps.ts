/** Indexes that items had which were removed, as ranges: whatever lies between two items is skipped in one step. */
export class Gaps {
  /** The first index of each range, in ascending order, and beside it the last one. */
  #starts: number[] = [];
  #ends: number[] = [];

  add(index: number): void {
    const at = this.#after(index);
    if (index <= (this.#ends[at - 1] ?? -1)) return;
    const joinsBefore = this.#ends[at - 1] === index - 1;
    const joinsAfter = this.#starts[at] === index + 1;
    if (joinsBefore && joinsAfter) {
      this.#ends.splice(at - 1, 1);
      this.#starts.splice(at, 1);
    } else if (joinsBefore) this.#ends[at - 1] = index;
    else if (joinsAfter) this.#starts[at] = index;
    else {
      this.#starts.splice(at, 0, index);
      this.#ends.splice(at, 0, index);
    }
  }

  /** The index itself, or the first one in a direction that is in no range. */
  skip(index: number, step: 1 | -1): number {
    if (this.#starts.length === 0) return index;
    const at = this.#after(index) - 1;
    const [start = index + 1, end = -1] = [this.#starts[at], this.#ends[at]];
    if (index < start || index > end) return index;
    return step > 0 ? end + 1 : start - 1;
  }

  /** The position of the first range that begins after an index. */
  #after(index: number): number {
    let [low, high] = [0, this.#starts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
