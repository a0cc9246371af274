import type { CallArgument, OperationInfo, Schema } from '../api/types.ts';
import { type Definitions, levelOf, resolve } from '../json/schema.ts';

/** How many names are shown of an object. */
const shownNames = 3;

/**
 * A call as its declaration says, with the first properties of its objects:
 * `client.users.list(query?: UserListParams { limit, after }, options?): Page<User { id, name, 3 more }>`
 */
export function signature(operation: OperationInfo): string {
  const given = operation.arguments.map((one) => argument(one, operation));
  const { call, returns } = operation;
  return `${call}(${[...given, 'options?'].join(', ')}): ${result(returns, operation)}`;
}

function argument({ name, type, optional, properties }: CallArgument, operation: OperationInfo) {
  const { body, definitions } = operation;
  const names = properties && [...properties, ...namesOf(body?.schema ?? undefined, definitions)];
  return `${name}${optional ? '?' : ''}: ${type}${braces(names)}`;
}

/** The type of a page is that of its items. */
function result(returns: string, { responses, definitions }: OperationInfo): string {
  const schema = responses.find(({ status }) => /^2/.test(status))?.schema ?? undefined;
  const [, page, item] = /^(\w+Page)<(\w+)>$/.exec(returns) ?? [];
  if (page !== undefined && item !== undefined)
    return `${page}<${item}${braces(namesOf(itemOf(schema, definitions), definitions))}>`;
  // A union or an array has no properties of its own.
  return /^\w+$/.test(returns) ? `${returns}${braces(namesOf(schema, definitions))}` : returns;
}

/** The items of a list: those of the body, or of its property that is an array of objects. */
function itemOf(schema: Schema | undefined, definitions: Definitions): Schema | undefined {
  const own = resolve(schema, definitions);
  if (own?.items) return own.items;
  const arrays = levelOf(own, definitions)?.properties.flatMap((one) => {
    const { items } = resolve(one.schema, definitions) ?? {};
    return items && namesOf(items, definitions).length > 0 ? [items] : [];
  });
  return arrays?.[0];
}

function namesOf(schema: Schema | undefined, definitions: Definitions): string[] {
  return levelOf(schema, definitions)?.properties.map(({ name }) => name) ?? [];
}

/** ` { id, name, 3 more }`; empty without names. */
function braces(names: readonly string[] = []): string {
  if (names.length === 0) return '';
  const shown = names.length === shownNames + 1 ? names : names.slice(0, shownNames);
  const more = names.length - shown.length;
  return ` { ${shown.join(', ')}${more > 0 ? `, ${more} more` : ''} }`;
}
