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
      const place = `components › ${section} › ${name}`;
      const pointer = `/components/${section}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (!Object.hasOwn(now ?? {}, name)) {
        return [{ verdict: 'breaking', place, message: 'The type was removed.', pointer }];
      }
      if (!Object.hasOwn(old ?? {}, name)) {
        return [{ verdict: 'addition', place, message: 'The type was added.', pointer }];
      }
      return [];
    });
  });
}
