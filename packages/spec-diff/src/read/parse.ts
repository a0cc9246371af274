import { CORE_SCHEMA, load, Type, YAMLException } from 'js-yaml';
import { isInexact, markExact } from '../document/exact.ts';
import { isRecord, type Json } from '../document/json.ts';
import type { Document } from '../document/spec.ts';
import { refuseUnknown } from './openapi-3.2.ts';
import { withPointers } from './references.ts';
import { upgrade } from './upgrade.ts';

/** A document that cannot be compared. The message has its name, the reason and the fix. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}

/**
 * Reads YAML or JSON as an OpenAPI document, version 3.0, 3.1 or 3.2. Documents of 3.0 are upgraded.
 *
 * @param name The source of the text, for errors: `api.yaml`.
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

/** @throws {DocumentError} if it is neither YAML nor JSON */
export function parseText(text: string, name: string): unknown {
  // Reading these costs time, and most documents have none.
  const isLong = /\d{16}/.test(text);
  if (/^\s*\{/.test(text)) {
    try {
      return JSON.parse(text, isLong ? keepExact : undefined) as Json;
    } catch {
      // YAML may begin with a brace as well, and its errors have lines.
    }
  }
  try {
    return isLong ? withoutExact(load(text, { schema: exactSchema })) : load(text, { schema });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new DocumentError(`${name} does not parse: ${error.message.trim()}`);
  }
}

/** A reviver of `JSON.parse` that records integers beyond the exact range of floating point. */
function keepExact(this: object, key: string, value: unknown, context?: { source?: string }) {
  const source = context?.source ?? '';
  if (typeof value === 'number' && isInexact(source)) markExact(this, key, BigInt(source));
  return value;
}

/** A YAML integer beyond the exact range of floating point, until its parent is known. */
class ExactInteger {
  readonly value: bigint;

  constructor(text: string) {
    this.value = BigInt(text.replace(/^\+/, ''));
  }
}

/** Replaces placeholders by their numbers, and records each with its parent. */
function withoutExact(root: unknown): unknown {
  if (root instanceof ExactInteger) return Number(root.value);
  // The set grows while it is walked.
  const seen = new Set([root]);
  for (const holder of seen) {
    if (typeof holder !== 'object' || holder === null) continue;
    for (const [key, value] of Object.entries(holder)) {
      if (value instanceof ExactInteger) {
        (holder as Json)[key] = Number(value.value);
        markExact(holder, key, value.value);
      } else seen.add(value);
    }
  }
  return root;
}

const mergeKey = new Type('tag:yaml.org,2002:merge', {
  kind: 'scalar',
  resolve: (data: unknown) => data === '<<',
});

/** YAML 1.2, where a date is a string, with merge keys, which many documents use. */
const schema = CORE_SCHEMA.extend({ implicit: [mergeKey] });

/** An integer as js-yaml reads it, but for those that floating point cannot hold. It takes the place of js-yaml's own. */
const integer = new Type('tag:yaml.org,2002:int', {
  kind: 'scalar',
  resolve: (data: unknown) =>
    typeof data === 'string' && /^[-+]?(?:0b[01_]+|0o[0-7_]+|0x[\da-f_]+|\d[\d_]*)$/i.test(data),
  construct(data: string) {
    const text = data.replaceAll('_', '');
    if (isInexact(text)) return new ExactInteger(text);
    const [sign, digits] = /^[-+]/.test(text) ? [text[0], text.slice(1)] : ['', text];
    return sign === '-' ? -Number(digits) : Number(digits);
  },
});
const exactSchema = schema.extend({ implicit: [integer] });
