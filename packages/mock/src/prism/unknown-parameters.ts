import type { IHttpOperation } from '@stoplight/types';
import { type Schema, shapeOf } from '../api/schema.ts';
import type { Diagnostic } from './diagnostic.ts';

/** What Prism reads from the query itself, see `preferences.ts`; and how the mock's own links name a page. */
const preferences = ['__code', '__example', '__dynamic', '__seed', '__page'];
/** A request can have thousands of names; the first ones tell what is wrong. */
const mostReported = 10;
const longestName = 100;

type QueryParameter = NonNullable<NonNullable<IHttpOperation['request']>['query']>[number];

/** Whether a name is that of a part of an object: `filter[name]`, or a property of an object that is exploded. */
function partsOf({ request }: IHttpOperation): (name: string) => boolean {
  const prefixes: string[] = [];
  const names = new Set<string>();
  for (const { name, style, explode, schema } of request?.query ?? []) {
    if (style === 'deepObject') prefixes.push(`${name}[`);
    else if (style === 'form' && explode) {
      for (const object of shapeOf(schema as Schema | undefined).alternatives) {
        // Any name may be a property.
        if (object.additionalProperties) return () => true;
        for (const property of Object.keys(object.properties ?? {})) names.add(property);
      }
    }
  }
  return (name) => names.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
}

/** The name of a parameter, or those of its properties where they are what is sent. */
function namesOf({ name, style, explode, schema }: QueryParameter): string[] {
  const { type, properties = {} } = schema ?? {};
  const isObject = [type].flat().includes('object');
  return style === 'form' && explode && isObject ? Object.keys(properties) : [name];
}

/** Whether a name in a query is that of a parameter, or of a part of one. */
export function knownNames(operation: IHttpOperation): (name: string) => boolean {
  const names = new Set((operation.request?.query ?? []).flatMap(namesOf));
  const isPart = partsOf(operation);
  return (name) => names.has(name) || isPart(name);
}

/**
 * Finds query parameters that the operation does not have: Prism passes them over, and with them a `limt=5`.
 *
 * @param strict whether they are errors, or warnings for the journal
 */
export function findUnknownParameters(
  operation: IHttpOperation,
  query: object,
  strict: boolean,
): Diagnostic[] {
  const known = (operation.request?.query ?? []).flatMap(namesOf);
  const schemes = operation.security?.flat() ?? [];
  const keys = schemes.flatMap((one) =>
    one.type === 'apiKey' && one.in === 'query' ? [one.name] : [],
  );
  const allowed = new Set([...known, ...keys, ...preferences]);
  const others = Object.keys(query).filter((name) => !allowed.has(name));
  if (others.length === 0) return [];
  const isPart = partsOf(operation);
  const unknown = others.filter((name) => !isPart(name));
  const expected = known.length > 0 ? `expected ${known.join(', ')}` : 'this operation has none';
  const more = unknown.length - mostReported;
  return unknown.slice(0, mostReported).map((name, i) => {
    const shown = name.length > longestName ? `${name.slice(0, longestName)}…` : name;
    const rest = more > 0 && i === mostReported - 1 ? ` (and ${more} more)` : '';
    return {
      message: `Request query parameter ${shown.replace(/\s/g, '_')} is unknown: ${expected}${rest}`,
      severity: strict ? 0 : 1,
      path: ['query', shown],
      code: 'unknown',
    };
  });
}
