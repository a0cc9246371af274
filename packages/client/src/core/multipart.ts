import { isRaw } from './body.ts';
import { ClientError } from './errors.ts';
import { isObject } from './object.ts';

/**
 * Writes a multipart form, as OpenAPI describes it: binary data as files, texts, numbers and dates as they are, each
 * item of an array as a part of its own, and other objects as JSON. `null` and `undefined` are left out. A `FormData`
 * is sent as it is.
 *
 * @throws {ClientError} for a stream, whose length a form would have to know
 */
export function toFormData(fields: object | null | undefined): FormData | null | undefined {
  if (!fields || fields instanceof FormData) return fields;
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const item of Array.isArray(value) ? value : [value]) append(form, name, item);
  }
  return form;
}

function append(form: FormData, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  if (value instanceof Blob) form.append(name, value);
  else if (value instanceof ReadableStream)
    throw new ClientError(`${name} must not be a stream: read it into a Blob first.`);
  else if (isRaw(value)) form.append(name, new Blob([value as ArrayBuffer]));
  else if (value instanceof Date) form.append(name, value.toISOString());
  else if (isObject(value))
    form.append(name, new Blob([JSON.stringify(value)], { type: 'application/json' }));
  else form.append(name, String(value));
}
