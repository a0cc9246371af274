const mark =
  /^(?:is)?(?:soft)?(?:deleted|trashed|removed|destroyed)(?:at|on|by|time|date)?$|^delet(?:e|ion)(?:time|date|timestamp)$/;

/** Whether a property says that an item is deleted: `deleted`, `is_deleted`, `deletedAt`, `deleteTime`. */
export function marksDeletion(name: string): boolean {
  return mark.test(name.replaceAll(/[_-]/g, '').toLowerCase());
}
