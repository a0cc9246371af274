import { CORE_SCHEMA, load, Type, YAMLException } from 'js-yaml';
import { isRecord, type Json } from '../document/json.ts';
import type { Document } from '../document/spec.ts';
import { refuseUnknown } from './openapi-3.2.ts';
import { withPointers } from './references.ts';
import { upgrade } from './upgrade.ts';

/** A document that cannot be compared. The message says which one, why, and what to do. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}

/**
 * Reads YAML or JSON as an OpenAPI document, version 3.0, 3.1 or 3.2. What 3.0 writes in another way is rewritten.
 *
 * @param name Where the text comes from, for errors: `api.yaml`.
 * @throws {DocumentError} if it does not parse, or is not such a document
 */
export function parseSpec(text: string, name: string): Document {
  return asSpec(parseText(text, name), name);
}

/**
 * Checks that a value is an OpenAPI document, and gives it as 3.1, with references as JSON pointers.
 *
 * @throws {DocumentError} if it is not such a document
 */
export function asSpec(value: unknown, name: string): Document {
  return withPointers(asLatest(value, name));
}

function asLatest(value: unknown, name: string): Document {
  if (!isRecord(value)) {
    throw new DocumentError(
      `${name} is not an OpenAPI document: expected an object with the key "openapi".`,
    );
  }
  const version = value['openapi'];
  if (typeof version !== 'string') {
    const found = 'swagger' in value ? `Swagger ${value['swagger']}` : 'no key "openapi"';
    throw new DocumentError(
      `${name} is not an OpenAPI 3 document: found ${found}. Convert it to OpenAPI 3.1 first.`,
    );
  }
  if (/^3\.0(\.|$)/.test(version)) return upgrade(value);
  if (/^3\.1(\.|$)/.test(version)) return value;
  if (/^3\.2(\.|$)/.test(version)) {
    const unknown = refuseUnknown(value);
    if (unknown.length === 0) return value;
    const list = unknown.map(({ keyword, place }) => `  ${keyword} (${place})`).join('\n');
    throw new DocumentError(
      `${name} is OpenAPI ${version}, and uses keywords of 3.2 that cannot be compared yet:\n${list}\nRemove them, or compare an OpenAPI 3.1 version of the document.`,
    );
  }
  throw new DocumentError(`${name} is OpenAPI ${version}: expected 3.0, 3.1 or 3.2.`);
}

export function parseText(text: string, name: string): unknown {
  if (/^\s*\{/.test(text)) {
    try {
      return JSON.parse(text) as Json;
    } catch {
      // YAML may begin with a brace as well, and its errors have lines.
    }
  }
  try {
    return load(text, { schema });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new DocumentError(`${name} does not parse: ${error.message.trim()}`);
  }
}

const mergeKey = new Type('tag:yaml.org,2002:merge', {
  kind: 'scalar',
  resolve: (data: unknown) => data === '<<',
});

/** YAML 1.2, in which a date is a text, and merge keys, which people use all the same. */
const schema = CORE_SCHEMA.extend({ implicit: [mergeKey] });
