import type { IHttpOperation } from '@stoplight/types';
import { querySchema } from '../api/api.ts';
import { propertyOf, type Schema, shapeOf } from '../api/schema.ts';
import type { Call } from './answer.ts';
import type { Filter } from './page.ts';
import type { ScopedCollection } from './scoped-collection.ts';

/** What a request's query asks of the items of a list. */
export interface Filters {
  /** The parameters that filter. */
  names: readonly string[];
  read(query: Call['query']): Filter[];
}

/**
 * The parameters that filter, and the property that each is about: those that the document names in `x-mock.filter`,
 * and those that are called like a property of the item.
 *
 * @param others parameters that mean something else
 * @param options.inBody the properties of a body that are read as parameters
 * @param options.hasOperators whether values begin with an operator, as those of PostgREST do
 */
export function compileFilters(
  operation: IHttpOperation,
  { definition, schema }: ScopedCollection,
  others: readonly (string | undefined)[],
  {
    inBody = [],
    hasOperators = takesOperators(operation),
  }: { inBody?: readonly string[]; hasOperators?: boolean } = {},
): Filters {
  const named = definition.filter;
  const parameters = (operation.request?.query ?? []).map(({ name }) => name);
  const alike = [...parameters, ...inBody].flatMap((name): [string, string][] =>
    Object.hasOwn(named, name) || others.includes(name) || propertyOf(schema, name) === undefined
      ? []
      : [[name, name]],
  );
  const isEmail = (property: string): boolean =>
    property !== definition.idProperty &&
    Object.values(named).includes(property) &&
    shapeOf(propertyOf(schema, property)).alternatives.some(
      (one) => one['x-faker'] === 'internet.email' || (one.format === 'email' && !one['x-faker']),
    );
  const filters = [...Object.entries(named), ...alike].map(([parameter, property]) => ({
    parameter,
    property,
    isEmail: isEmail(property),
    split: splitterOf(operation, parameter, propertyOf(schema, property)),
    unset: usualOf(operation, parameter, propertyOf(schema, property)),
    isAll: isAllOf(operation, parameter, propertyOf(schema, property)),
  }));
  const ranges = Object.entries(definition.ranges ?? {});
  return {
    names: [...filters.map(({ parameter }) => parameter), ...ranges.map(([name]) => name)],
    read: (query) => [
      ...ranges.flatMap(([name, range]): Filter[] => {
        const given = query[name] ?? [];
        return [given].flat().length === 0
          ? []
          : [{ ...range, values: [given].flat(), isEmail: false }];
      }),
      ...filters.flatMap(({ parameter, split, unset, isAll, ...filter }): Filter[] => {
        const given = query[parameter] ?? unset;
        if (given === undefined) return [];
        const values = split([given].flat());
        if (hasOperators) return values.flatMap((value) => withOperator(filter, value));
        return values.some(isAll) ? [] : [{ ...filter, values }];
      }),
    ],
  };
}

/** Whether an operation is one of PostgREST. */
export function takesOperators({ request }: IHttpOperation): boolean {
  return request?.headers?.some(({ name }) => /^range-unit$/i.test(name)) ?? false;
}

/**
 * The filter of a value of PostgREST, which begins with an operator: `gte.100`, `in.(a,b)`. None for other operators.
 *
 * @see https://docs.postgrest.org/en/stable/references/api/tables_views.html#operators
 */
function withOperator(filter: Omit<Filter, 'values'>, value: string): Filter[] {
  const [, operator, rest = ''] = /^(eq|neq|gte?|lte?|in)\.(.*)$/s.exec(value) ?? [];
  if (operator === undefined) return [];
  if (operator === 'eq') return [{ ...filter, values: [rest] }];
  if (operator === 'in') return [{ ...filter, values: rest.replace(/^\(|\)$/g, '').split(',') }];
  const comparison = operator === 'neq' ? 'ne' : (operator as 'gt' | 'gte' | 'lt' | 'lte');
  return [{ ...filter, values: [rest], comparison }];
}

/** What a list is filtered by if a request does not say: the default of the parameter, unless it is any text: `none`. */
function usualOf(
  operation: IHttpOperation,
  parameter: string,
  property: Schema | boolean | undefined,
): string | string[] | undefined {
  const alternatives = shapeOf(querySchema(operation, parameter)).alternatives;
  const [shape] = alternatives;
  const isFree = [...alternatives, ...shapeOf(property).alternatives].every(
    ({ type, enum: values, items }) => !values && !items && type === 'string',
  );
  if (isFree) return undefined;
  const usual = [shape?.default ?? []]
    .flat()
    .map(String)
    .filter((value) => value !== '');
  return usual.length > 0 ? usual : undefined;
}

/** Whether a value stands for all of them: `all` among the values of a parameter that no item has. */
function isAllOf(
  operation: IHttpOperation,
  parameter: string,
  property: Schema | boolean | undefined,
): (value: string) => boolean {
  const valuesOf = (schema: Schema | boolean | undefined) =>
    shapeOf(schema).alternatives.flatMap(({ enum: values = [] }) => values);
  const own = valuesOf(property);
  const all = valuesOf(querySchema(operation, parameter)).filter(
    (value) => typeof value === 'string' && /^(?:all|any|\*)$/i.test(value) && !own.includes(value),
  );
  return (value) => all.includes(value);
}

const separators: Record<string, string> = { spaceDelimited: ' ', pipeDelimited: '|', form: ',' };

/** An array that does not explode is one text, whose separator its style says. */
function splitterOf(
  operation: IHttpOperation,
  name: string,
  property: Schema | boolean | undefined,
): (values: string[]) => string[] {
  const { style = 'form', explode } =
    operation.request?.query?.find((one) => one.name === name) ?? {};
  const isArray = shapeOf(querySchema(operation, name)).alternatives.some(({ type }) =>
    [type].flat().includes('array'),
  );
  const separator = separators[style];
  const isOneText = explode === false || (explode === undefined && style !== 'form');
  if (!isArray || !isOneText || separator === undefined) return splitChoices(property);
  return (values) => values.flatMap((value) => value.split(separator));
}

/** Several values with commas, where the items have each of them and none has the whole text: `?status=open,closed`. */
function splitChoices(property: Schema | boolean | undefined): (values: string[]) => string[] {
  const choices = new Set(
    shapeOf(property).alternatives.flatMap(({ enum: all = [] }) => all.map(String)),
  );
  return (values) =>
    values.flatMap((value) => {
      const parts = value.split(',').map((part) => part.trim());
      return !choices.has(value) && parts.every((part) => choices.has(part)) ? parts : [value];
    });
}
