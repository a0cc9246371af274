import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Document, isMap, isScalar, parse, parseDocument, stringify } from 'yaml';
import type { Clone } from './clone.ts';

const spec = 'spec/openapi.yaml';
/** As `spec/openapi.yaml` is written. */
const format = { lineWidth: 120, flowCollectionPadding: false };

/** An ordinary edit of the spec: see `fixtures/spec-edits.yaml`. */
export interface SpecEdit {
  name: string;
  set?: Record<string, unknown>;
  rename?: Record<string, string>;
  move?: Record<string, string>;
  remove?: string[];
  replace?: Record<string, string>;
  write?: Record<string, string>;
  ends?: string;
  says?: string[];
  departs?: string[];
  full?: boolean;
}

/** The table of edits. */
export function specEdits(): SpecEdit[] {
  return parse(readFileSync(join(import.meta.dirname, '../fixtures/spec-edits.yaml'), 'utf8'));
}

/** Makes an edit in a clone. Throws if the spec does not have the part to edit. */
export function applyEdit(clone: Clone, edit: SpecEdit): void {
  const { set = {}, rename = {}, move = {}, remove = [], replace = {}, write = {} } = edit;
  const document = parseDocument(clone.read(spec));
  for (const [from, to] of Object.entries(move)) {
    const node = document.getIn(stepsOf(from), true);
    if (node === undefined) throw new Error(`Expected ${spec} to have ${from}.`);
    if (to.endsWith('.yaml')) save(clone, to, stringify(node, format));
    else document.setIn(stepsOf(to), node);
    document.deleteIn(stepsOf(from));
  }
  for (const [path, name] of Object.entries(rename)) renameKey(document, stepsOf(path), name);
  for (const path of remove)
    if (!document.deleteIn(stepsOf(path))) throw new Error(`Expected ${spec} to have ${path}.`);
  for (const [path, value] of Object.entries(set)) {
    const steps = stepsOf(path);
    if (steps.at(-1) === '+') document.addIn(steps.slice(0, -1), document.createNode(value));
    else document.setIn(steps, document.createNode(value));
  }
  if (!('replace' in edit) || Object.keys(set).length > 0)
    clone.write(spec, document.toString(format));
  const { in: file = spec, ...texts } = replace;
  for (const [from, to] of Object.entries(texts)) {
    const text = clone.read(file);
    if (!text.includes(from)) throw new Error(`Expected ${file} to contain ${from}.`);
    clone.write(file, text.replaceAll(from, to));
  }
  for (const [path, text] of Object.entries(write)) save(clone, path, text);
}

function save(clone: Clone, path: string, text: string): void {
  mkdirSync(dirname(join(clone.path, path)), { recursive: true });
  clone.write(path, text);
}

function renameKey(document: Document, steps: readonly (string | number)[], name: string): void {
  const map = document.getIn(steps.slice(0, -1));
  const pair = isMap(map)
    ? map.items.find(({ key }) => isScalar(key) && key.value === steps.at(-1))
    : undefined;
  if (!pair || !isScalar(pair.key)) throw new Error(`Expected ${spec} to have ${steps.join('.')}.`);
  pair.key.value = name;
}

/** `paths./users.get.parameters.0`: list indexes are numbers, and statuses the strings that they are in the spec. */
function stepsOf(path: string): (string | number)[] {
  return path.split('.').map((step) => (/^\d{1,2}$/.test(step) ? Number(step) : step));
}
