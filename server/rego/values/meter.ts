/** A value whose text or traversal would exhaust the process: parts shared many times over are counted each time. */
export class ValueTooLarge extends RangeError {
  constructor() {
    super("a value is too large to be compared or written");
    this.name = "ValueTooLarge";
  }
}

/** Counts the work of walking one value, which is a tree to the reader although its parts may be shared. */
export class Meter {
  private left: number;

  constructor(limit: number) {
    this.left = limit;
  }

  spend(amount: number): void {
    this.left -= amount;
    if (this.left < 0) throw new ValueTooLarge();
  }
}

/** Characters of one text made of a value. */
export const MAX_TEXT = 16_000_000;

/** Members of one value made plain JS, each of which costs memory. */
export const MAX_MEMBERS = 1_000_000;

/** Members looked at by one comparison. */
export const MAX_VISITS = 5_000_000;
