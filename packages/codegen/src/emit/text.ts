import { boundsOf, codeSpan, visible } from '@org/openapi';
import type { Parameter } from '../model/model.ts';
import { quote } from '../model/names.ts';
import { inline } from './markdown.ts';

/** The first line of every generated file that can have comments. */
export const notice = 'Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.';

/**
 * A JSDoc comment of paragraphs and tags; nothing for no text. What stands in a document has to be Markdown by then: a
 * line that begins with `@` begins a tag.
 */
export function jsdoc(lines: readonly string[], indent = ''): string {
  const text = lines.join('\n').trim().replaceAll('*/', '*\\/').replaceAll('{@', '{\\@');
  if (!text) return '';
  // TypeScript takes `@` for a tag after any space, also in code.
  const rows = text.split('\n').map((row) => visible(row).replaceAll(/(?<=\S\s+)@/g, '\\@'));
  if (rows.length === 1) return `${indent}/** ${rows[0]} */\n`;
  const body = rows.map((row) => `${indent} * ${row}`.trimEnd());
  return `${indent}/**\n${body.join('\n')}\n${indent} */\n`;
}

/**
 * The description, with a full stop, the schema's bounds, values and default, and the name that is sent if the argument
 * has another one. On one line.
 */
export function describeParameter({ name, property, description, schema }: Parameter): string {
  const sent = name === property ? '' : `Sent as ${codeSpan(name)}.`;
  return inline([sentence(description), boundsOf(schema), sent].filter(Boolean).join(' '));
}

export function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed && !/[.!?:]$/.test(trimmed) ? `${trimmed}.` : trimmed;
}

/** A value as a person would write it in TypeScript: `{ limit: 50, emails: ['user@example.com'] }`. */
export function literal(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(
    ([key, entry]) => `${propertyName(key)}: ${literal(entry)}`,
  );
  return entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}';
}

/** A name as a key of an object, in quotes if it needs them. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}

export { quote };
