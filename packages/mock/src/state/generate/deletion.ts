const deleted =
  /^(?:is)?(?:soft)?(?:deleted|trashed|removed|destroyed)(?:at|on|by|time|date)?$|^delet(?:e|ion)(?:time|date|timestamp)$/;
const archived = /^(?:is)?archived(?:at|on|by|time|date)?$|^archiv(?:e|al)(?:time|date|timestamp)$/;

/** Whether a property says that an item is deleted: `deleted`, `is_deleted`, `deletedAt`, `deleteTime`. */
export function marksDeletion(name: string): boolean {
  return deleted.test(plain(name));
}

/** Whether a property says that an item is deleted or archived. */
export function marksAbsence(name: string): boolean {
  return marksDeletion(name) || archived.test(plain(name));
}

function plain(name: string): string {
  return name.replaceAll(/[_-]/g, '').toLowerCase();
}
