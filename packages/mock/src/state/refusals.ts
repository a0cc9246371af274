import { propertyOf, type Schema } from '../api/schema.ts';
import { invalid, type Refusal } from './answer.ts';
import type { Changes } from './changes.ts';
import { issuesOf } from './contract.ts';
import type { Subject } from './item-answer.ts';
import { isSameSchema } from './same-schema.ts';
import type { State } from './state.ts';

export function notFound(id: string | undefined): Refusal {
  return { status: 404, message: `No object with the id ${JSON.stringify(id ?? '')} exists.` };
}

/** A 400 for an item that a change would break, though the request is valid. Violations in generated values are ignored. */
export function refuse(
  { api }: State,
  item: object,
  changes: Changes,
  { schema }: Subject,
  body: Schema | undefined,
): Refusal | undefined {
  const isOf = (path: string) => (name: string) => path === name || path.startsWith(`${name}.`);
  const issue = issuesOf(api, item, schema).find(({ path }) =>
    Object.keys(changes).some((name) => isOf(path)(name) && !isChecked(name, schema, body)),
  );
  return issue && invalid(issue.path, issue.message);
}

/** Whether a body's property was checked already, by the schema that the item's has. */
function isChecked(name: string, item: Schema, body: Schema | undefined): boolean {
  const [ours, theirs] = [propertyOf(item, name), propertyOf(body, name)];
  return ours !== undefined && theirs !== undefined && isSameSchema(ours, theirs);
}
