import { formatPointer } from '@org/openapi';
import type { Change } from '../../change/change.ts';
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
    const [old, now] = [before, after].map((spec) =>
      record(own(spec.document['components'], section)),
    );
    return namesOf(old ?? {}, now ?? {}).flatMap((name): Change[] => {
      const isOld = Object.hasOwn(old ?? {}, name);
      if (isOld && Object.hasOwn(now ?? {}, name)) return [];
      const path = ['components', section, name];
      return [
        {
          id: isOld ? 'type-name-removed' : 'type-name-added',
          verdict: isOld ? 'breaking' : 'addition',
          path,
          args: {},
          surface: 'spec',
          operations: [],
          methods: [],
          affects: [],
          pointer: formatPointer(path),
        },
      ];
    });
  });
}
