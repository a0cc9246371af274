import { typeName } from '@org/codegen/names';
import { formatPointer } from '@org/openapi';
import type { Args, Change, Verdict } from '../../change/change.ts';
import type { ChangeID } from '../../change/ids.ts';
import { namesOf, own, record } from '../../document/json.ts';
import type { Spec } from '../../document/spec.ts';

/** Sections whose components are exported types, and in which directions their values go. */
export const exportedSections = {
  schemas: ['request', 'response'],
  parameters: ['request'],
  responses: ['response'],
  requestBodies: ['request'],
  headers: ['response'],
} as const;

/** Components that came or went: their names are the names of exported types. */
export function components(before: Spec, after: Spec): Change[] {
  return Object.keys(exportedSections).flatMap((section) => {
    const [old = {}, now = {}] = [before, after].map((spec) =>
      record(own(spec.document['components'], section)),
    );
    const removed = Object.keys(old).filter((name) => !Object.hasOwn(now, name));
    const added = Object.keys(now).filter((name) => !Object.hasOwn(old, name));
    const moved = section === 'schemas' ? movedTo(removed, added) : new Map<string, string>();
    const renamed = new Set(moved.values());
    return namesOf(old, now).flatMap((name): Change[] => {
      const isOld = removed.includes(name);
      if (!isOld && !added.includes(name)) return [];
      const to = moved.get(name);
      if (to !== undefined)
        return [changeOf('type-key-changed', 'none', ['components', section, to], { to })];
      if (renamed.has(name)) return [];
      const path = ['components', section, name];
      return isOld
        ? [changeOf('type-name-removed', 'breaking', path)]
        : [changeOf('type-name-added', 'addition', path)];
    });
  });
}

/** Removed schemas whose exported types another schema has now: a file in another style gives `small-thing`. */
function movedTo(removed: readonly string[], added: readonly string[]): Map<string, string> {
  const moved = new Map<string, string>();
  for (const name of removed) {
    const same = added.filter((other) => typeName(other) === typeName(name));
    const [to] = same;
    if (to !== undefined && same.length === 1) moved.set(name, to);
  }
  return moved;
}

function changeOf(id: ChangeID, verdict: Verdict, path: string[], args: Args = {}): Change {
  return {
    ...{ id, verdict, path, args, surface: 'spec', operations: [], methods: [], affects: [] },
    pointer: formatPointer(path),
  };
}
