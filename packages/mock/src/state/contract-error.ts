/** A problem with one property of an item. */
export interface ContractIssue {
  /** The path of the property, such as `user.email`; empty for the item itself. */
  path: string;
  /** The reason, such as `must be string`. */
  message: string;
}

/**
 * Thrown if data passed to the mock breaks the contract: by `add` and `update`, and for the items of
 * `createMock` and of a snapshot.
 */
export class ContractError extends TypeError {
  override readonly name = 'ContractError';
  readonly issues: readonly ContractIssue[];

  /** @param subject which item breaks the contract: `data.users[3]` */
  constructor(subject: string, issues: readonly ContractIssue[]) {
    const list = issues.slice(0, 5).map(({ path, message }) => `${path || 'the item'} ${message}`);
    const more = issues.length > list.length ? `; and ${issues.length - list.length} more` : '';
    super(`${subject} breaks the contract: ${list.join('; ')}${more}.`);
    this.issues = issues;
  }
}
