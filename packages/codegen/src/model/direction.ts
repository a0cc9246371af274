/** Whether a value of `order` is a direction: `asc`, `DESC`, `descending`. */
export function isDirection(value: unknown): boolean {
  return typeof value === 'string' && /^(?:asc|desc)(?:ending)?$/i.test(value);
}
