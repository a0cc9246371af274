import type { Finding } from '../change.ts';
import { type Document, resolve, type SecurityRequirement } from '../document.ts';

/** Who may call: each requirement is one way in. None at all is a door without a lock. */
export function* security(
  before: { document: Document; requirements: SecurityRequirement[] },
  after: { document: Document; requirements: SecurityRequirement[] },
): Generator<Finding> {
  const [old, now] = [before, after].map(ways);
  if (!old || !now) return;
  const removed = old.filter((way) => !now.includes(way));
  const added = now.filter((way) => !old.includes(way));
  const below = ['security'];
  if (removed.length > 0 && added.length > 0) {
    const message = `The way to authenticate changed from ${list(removed)} to ${list(added)}.`;
    const opened = added.includes('nothing');
    yield {
      effect: opened ? 'wider' : removed.includes('nothing') ? 'narrower' : 'different',
      below,
      message,
    };
  } else if (removed.length > 0) {
    yield {
      effect: 'narrower',
      below,
      message: `One may no longer authenticate by ${list(removed)}.`,
    };
  } else if (added.length > 0) {
    yield {
      effect: 'wider',
      below,
      message: `One may now authenticate by ${list(added)} as well.`,
    };
  }
}

/** Each way in as a text: what the schemes are, not what they are called. */
function ways({
  document,
  requirements,
}: {
  document: Document;
  requirements: SecurityRequirement[];
}) {
  if (requirements.length === 0) return ['nothing'];
  return requirements.map((requirement) => {
    const parts = Object.entries(requirement).map(([name, scopes]) => {
      const scheme = resolve(
        document,
        document.components?.['securitySchemes']?.[name] as Record<string, string> | undefined,
      );
      const { type, scheme: kind, in: where, name: field } = scheme ?? {};
      return [type ?? name, kind, where, field, ...scopes].filter(Boolean).join(' ');
    });
    return parts.sort().join(' and ') || 'nothing';
  });
}

function list(items: readonly string[]): string {
  return items.join(' or ');
}
