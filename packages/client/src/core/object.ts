/** Sets a property that `JSON.stringify`, loops and `console.log` skip, whatever accessors the class has. */
export function hide(target: object, name: string, value: unknown, enumerable = false): void {
  Object.defineProperty(target, name, { value, enumerable, configurable: true, writable: true });
}

/** Whether a value is an object, and not an array. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
