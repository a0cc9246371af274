import { escapeKey, parsePointer } from '@org/openapi';
import ts from 'typescript';
import { dataKeywords, maps } from '../read/keyword-nodes.ts';

/**
 * Names with a percent sign have another character instead: openapi-typescript decodes the names on its way to a
 * schema, and fails on `100%`. Changes the document.
 *
 * @returns gives the names back in what openapi-typescript makes of the document
 */
export function hidePercentSigns(document: object): (nodes: readonly ts.Node[]) => ts.Node[] {
  const text = JSON.stringify(document);
  if (!/%/.test(text)) return (nodes) => [...nodes];
  const mark = unusedIn(text);
  hide(document, false, (name) => name.replaceAll('%', mark));
  const restore = (node: ts.Node): ts.Node =>
    ts.isStringLiteral(node) && node.text.includes(mark)
      ? ts.factory.createStringLiteral(node.text.replaceAll(mark, '%'))
      : ts.visitEachChild(node, restore, undefined);
  return (nodes) => nodes.map(restore);
}

/** A character for private use that a text does not have. */
function unusedIn(text: string): string {
  let code = 0xe000;
  while (text.includes(String.fromCharCode(code))) code += 1;
  return String.fromCharCode(code);
}

type Rename = (name: string) => string;

function hide(node: unknown, isMap: boolean, rename: Rename): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const item of node) hide(item, false, rename);
    return;
  }
  const object = node as Record<string, unknown>;
  if (isMap) {
    for (const [name, value] of Object.entries(object)) {
      // Set again, so that the names keep their order.
      delete object[name];
      object[rename(name)] = value;
      hide(value, false, rename);
    }
    return;
  }
  for (const [key, value] of Object.entries(object)) {
    if (key === '$ref' && typeof value === 'string') object[key] = renameIn(value, rename);
    else if (key === 'required' && Array.isArray(value)) object[key] = value.map(nameOr(rename));
    else if (key === 'propertyName') object[key] = nameOr(rename)(value);
    else if (key === 'mapping') renameMapping(value, rename);
    else if (!dataKeywords.has(key)) hide(value, maps.has(key) && !Array.isArray(value), rename);
  }
}

function nameOr(rename: Rename): (value: unknown) => unknown {
  return (value) => (typeof value === 'string' ? rename(value) : value);
}

/** The references of a discriminator. */
function renameMapping(mapping: unknown, rename: Rename): void {
  if (typeof mapping !== 'object' || mapping === null) return;
  const references = mapping as Record<string, unknown>;
  for (const [name, value] of Object.entries(references))
    if (typeof value === 'string') references[name] = renameIn(value, rename);
}

/** A reference to a renamed place. */
function renameIn(reference: string, rename: Rename): string {
  if (!reference.startsWith('#/')) return rename(reference);
  return `#${parsePointer(reference)
    .map((key) => `/${escapeKey(rename(key))}`)
    .join('')}`;
}
