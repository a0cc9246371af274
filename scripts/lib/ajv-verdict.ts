import { type Document, formatReference, type Pointer, parsePointer, valueAt } from '@org/openapi';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/**
 * Judges responses by Ajv and the document alone: neither Prism, which the mock validates with, nor what is generated
 * from the document has a part in it.
 */
export function ajvVerdicts(document: Document) {
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false });
  formats.default(ajv);
  ajv.addSchema(forAjv(structuredClone(document)) as object, 'document');

  /** @returns what is wrong; undefined also if the document does not describe the response, or not as JSON */
  return async (path: string, method: string, response: Response): Promise<string | undefined> => {
    const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
    const pointer = schemaOf(document, path, method, response.status, type);
    if (!pointer) return undefined;
    let validate: ReturnType<typeof ajv.getSchema>;
    try {
      validate = ajv.getSchema(`document${formatReference(pointer)}`);
    } catch {
      // A pattern that is no regular expression, say: nobody can validate that.
      return undefined;
    }
    const text = await response.text();
    if (text === '') return 'the body is empty';
    if (!validate || validate(JSON.parse(text))) return undefined;
    return ajv.errorsText(validate.errors);
  };
}

/** Where the schema of a response is. */
function schemaOf(
  document: Document,
  path: string,
  method: string,
  status: number,
  mediaType: string,
): Pointer | undefined {
  if (!/\bjson$/.test(mediaType)) return undefined;
  const responses = ['paths', path, method, 'responses'];
  for (const key of [`${status}`, `${String(status)[0]}XX`, 'default']) {
    const response = target(document, [...responses, key]);
    const schema = response && [...response, 'content', mediaType, 'schema'];
    if (response) return schema && valueAt(document, schema) ? schema : undefined;
  }
  return undefined;
}

/** The place that a reference at a place leads to; undefined if nothing is there. */
function target(document: Document, pointer: Pointer): Pointer | undefined {
  const value = valueAt(document, pointer) as { $ref?: string } | undefined;
  return value?.$ref === undefined ? value && pointer : target(document, parsePointer(value.$ref));
}

/** Without ids. OpenAPI 3.0 says `maximum: 5` and `exclusiveMaximum: true`, which is `exclusiveMaximum: 5`. */
function forAjv(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map(forAjv);
  const entries = Object.entries(node)
    // Ajv reads it in examples as well. References are pointers from the root of the document.
    .filter(([name, value]) => name !== '$id' || typeof value !== 'string')
    .map(([name, value]) => [name, forAjv(value)]);
  const copy = Object.fromEntries(entries);
  for (const [exclusive, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof copy[exclusive] !== 'boolean') continue;
    if (copy[exclusive]) copy[exclusive] = copy[bound];
    else delete copy[exclusive];
  }
  return copy;
}
