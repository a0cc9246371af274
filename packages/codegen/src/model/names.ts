import { visible } from '@org/openapi';
import pluralize from 'pluralize';

// English says "datum" and "medium"; no API does.
for (const word of ['data', 'media', 'metadata', 'criteria']) pluralize.addUncountableRule(word);

/** Words that an identifier cannot be, and names that generated signatures use themselves. */
const reservedArguments = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield ' +
    'body options params query'
  ).split(' '),
);

/** Types of the language and of its library, which a declaration must not hide from those beside it. */
const libraryTypes = new Set(
  (
    'any bigint boolean never null number object string symbol undefined unknown void ' +
    'Array ArrayBuffer Blob Boolean DataView Date Error EvalError Exclude Extract File Function Headers Infinity Iterator ' +
    'Map Math NaN Node NonNullable Number Object Omit Partial Pick Promise Proxy RangeError Readonly Record Reflect RegExp ' +
    'Request Required Response Set String Symbol Text URL WeakMap WeakSet'
  ).split(' '),
);

/** Further names that a type cannot have. */
const reservedTypes = new Set(
  (
    'components operations paths webhooks OneOf WithRequired XOR ' +
    // The client's own classes and types, and the mock's.
    'APIError APIPromise APIResource AbstractPage BodyOptions ClientOptions Collection Collections ' +
    'ConversationCursorPage CursorPage LinkPage NextCursorPage NumberedPage OffsetPage OperationTypes Page PagePromise ' +
    'QueryOrOptions RequestOptions pagedBy styledQuery withHeaders writePath'
  ).split(' '),
);

/** Whether a declaration of this name would hide one of JavaScript's or TypeScript's. */
export function isLibraryType(name: string): boolean {
  return libraryTypes.has(name);
}

/** `user_id` → `userID`, `api_key_id` → `apiKeyID`: a parameter as an argument. */
export function argumentName(parameter: string): string {
  const words = wordsOf(parameter);
  const name = words
    .map((word, i) => {
      if (i === 0) return word.charAt(0).toLowerCase() + word.slice(1);
      return /^(id|api|url)s?$/i.test(word) ? acronym(word) : capitalize(word);
    })
    .join('');
  const identifier = /^[a-z_$]/i.test(name) ? name : `_${name}`;
  return reservedArguments.has(identifier) ? `${identifier}_` : identifier;
}

/** `auditLogs` → `AuditLogs`, `data_retention` → `DataRetention`. */
export function pascalCase(name: string): string {
  const words = wordsOf(name);
  return words.map(capitalize).join('') || '_';
}

/** `roles` → `role`, `adminAPIKeys` → `adminAPIKey`, `dataRetention` → itself. */
export function singular(name: string): string {
  // Only the last word counts: a rule for `status` must not depend on the words before it.
  const [, head = '', last = ''] = /^(.*?)([A-Z]?[a-z0-9]*)$/.exec(name) ?? [];
  return last ? head + pluralize.singular(last) : name;
}

/** `TeamMember` → `TeamMembers`. */
export function plural(name: string): string {
  const [, head = '', last = ''] = /^(.*?)([A-Z]?[a-z0-9]*)$/.exec(name) ?? [];
  return last ? head + pluralize.plural(last) : `${name}s`;
}

/** `auditLogs` → `audit-logs`: a resource as a file. */
export function fileName(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}

/**
 * The name that a schema's type is exported under: its own. In a name that is not an identifier, the characters that an
 * identifier cannot have are left out; a name that TypeScript's library uses gets the suffix `Object`.
 */
export function typeName(schema: string): string {
  const name = /^[A-Za-z_$][\w$]*$/.test(schema) ? schema : pascalCase(schema);
  const identifier = /^\d/.test(name) ? `_${name}` : name;
  const isReserved = [libraryTypes, reservedTypes, reservedArguments].some((names) =>
    names.has(identifier),
  );
  return isReserved ? `${capitalize(identifier)}Object` : identifier;
}

function wordsOf(name: string): string[] {
  return name.split(/[^A-Za-z0-9$]+/).filter(Boolean);
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function acronym(word: string): string {
  return word.replace(/^[a-z]+?(?=s?$)/i, (letters) => letters.toUpperCase());
}

/** A text as TypeScript writes it: `'it\\'s'`. Invisible characters are escapes, so that no line is other than it looks. */
export function quote(text: string): string {
  return `'${visible(JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'"))}'`;
}
