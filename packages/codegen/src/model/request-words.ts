/** Whether a value of `order` is a direction: `asc`, `DESC`, `descending`. */
export function isDirection(value: unknown): boolean {
  return typeof value === 'string' && /^(?:asc|desc)(?:ending)?$/i.test(value);
}

/**
 * Whether a query parameter names the properties that an update changes: `updateMask`, `update_mask`.
 *
 * @see https://google.aip.dev/134
 */
export function isUpdateMask(name: string): boolean {
  return /^(?:update|field)_?mask$/i.test(name);
}
