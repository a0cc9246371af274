import { describe, expect, test } from 'vitest';
import type { Verdict } from '../src/change/change.ts';
import { type DiffOptions, diff } from '../src/diff.ts';
import { asSpec } from '../src/read/parse.ts';
import { type Policies, type PolicyName, policies } from '../src/settings/policies.ts';
import { policyExamples } from './cases/policies.ts';
import { documentOf, parameter, request, response } from './support/documents.ts';

const verdicts: readonly Verdict[] = ['breaking', 'addition', 'none'];
const names = Object.keys(policies) as PolicyName[];
const today = '2026-11-29';

async function judged(before: object, after: object, options: DiffOptions = {}) {
  const specs = [asSpec(before, 'before'), asSpec(after, 'after')] as const;
  return diff(...specs, { today, ...options });
}

/** The verdict on a pair of documents under a policy. */
async function verdictOf(before: object, after: object, set: Policies): Promise<Verdict> {
  return (await judged(before, after, { policies: set })).verdict;
}

describe.each(names)('the policy %s', (name) => {
  const { before, after } = policyExamples[name];

  test('is the documented verdict without a setting', async () => {
    // What an extension says counts for nothing until a policy says what it means.
    expect(await verdictOf(before, after, {})).toBe(policies[name].verdict ?? 'breaking');
  });

  test.each(verdicts)('is %s where it is set to that', async (verdict) => {
    const { changes, ...report } = await judged(before, after, { policies: { [name]: verdict } });
    // A method that is called something else is new by its new name.
    const least = name === 'operation-id-changed' && verdict === 'none' ? 'addition' : verdict;
    expect(report.verdict).toBe(least);
    expect(changes.map((change) => change.verdict)).toContain(verdict);
  });
});

describe('a policy', () => {
  test('leaves the verdicts of the other direction alone', async () => {
    const [one, two] = [{ enum: ['a'] }, { enum: ['a', 'b'] }];
    const set: Policies = { 'response-enum-grows': 'none' };
    expect(await verdictOf(request(one), request(two), set)).toBe('addition');
    expect(await verdictOf(request(two), request(one), set)).toBe('breaking');
    expect(await verdictOf(response(two), response(one), set)).toBe('addition');
  });

  test('for enums that grow applies where values went as well, and not to other limits', async () => {
    const set: Policies = { 'response-enum-grows': 'none' };
    const enumOf = (...values: string[]) => response({ enum: values });
    expect(await verdictOf(enumOf('a', 'b'), enumOf('b', 'c'), set)).toBe('addition');
    expect(await verdictOf(enumOf('a'), response({ type: 'string' }), set)).toBe('breaking');
  });

  test('does not hide another breaking change of the same operation', async () => {
    const body = (values: string[], type: string) =>
      response({ type: 'object', properties: { a: { enum: values }, b: { type } } });
    const { changes } = await judged(body(['a'], 'string'), body(['a', 'b'], 'integer'), {
      policies: { 'response-enum-grows': 'none' },
    });
    const spec = changes.filter(({ surface }) => surface === 'spec');
    expect(spec.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['type-changed', 'breaking'],
      ['enum-value-added', 'none'],
    ]);
  });

  test('for components that no operation uses leaves those alone that one uses', async () => {
    const set: Policies = { 'unused-component-changed': 'none' };
    const used = (type: string) =>
      response({ $ref: '#/components/schemas/Thing' }, { schemas: { Thing: { type } } });
    expect(await verdictOf(used('string'), used('integer'), set)).toBe('breaking');
  });
});

describe('x-extensible-enum', () => {
  const set: Policies = { 'x-extensible-enum': 'addition' };
  const [one, two] = [['a'], ['a', 'b']];

  test('counts if the old document has it: nobody could know before', async () => {
    const before = response({ enum: one });
    const after = response({ enum: two, 'x-extensible-enum': true });
    expect(await verdictOf(before, after, set)).toBe('breaking');
  });

  test('may list the known values itself', async () => {
    const listed = (values: string[]) => ({ type: 'string', 'x-extensible-enum': values });
    const cases = [response, request].flatMap((wrap) => [
      [wrap(listed(one)), wrap(listed(two))] as const,
      [wrap(listed(two)), wrap(listed(one))] as const,
    ]);
    const found = await Promise.all(cases.map(([a, b]) => verdictOf(a, b, set)));
    expect(found).toEqual(['addition', 'addition', 'addition', 'breaking']);
    const ignored = await Promise.all(cases.map(([a, b]) => verdictOf(a, b, {})));
    expect(ignored).toEqual(['none', 'none', 'none', 'none']);
  });
});

describe('x-sunset', () => {
  const set: Policies = { 'x-sunset': 'none' };
  const text = { type: 'string' };
  const withQuery = (more: object) => parameter(text, more);

  test.each<[string, object, Verdict]>([
    ['a date that has passed', { deprecated: true, 'x-sunset': '2026-11-28' }, 'none'],
    ['a time that has passed', { deprecated: true, 'x-sunset': '2026-01-31T12:00:00Z' }, 'none'],
    ['an HTTP date', { deprecated: true, 'x-sunset': 'Sat, 31 Jan 2026 12:00:00 GMT' }, 'none'],
    ['today', { deprecated: true, 'x-sunset': '2026-11-29' }, 'breaking'],
    ['a date to come', { deprecated: true, 'x-sunset': '2027-01-31' }, 'breaking'],
    ['a date of something that is not deprecated', { 'x-sunset': '2026-01-31' }, 'breaking'],
    ['no date', { deprecated: true }, 'breaking'],
    ['a text that is no date', { deprecated: true, 'x-sunset': 'soon' }, 'breaking'],
  ])('allows a removal by its date: %s', async (_, more, verdict) => {
    expect(await verdictOf(withQuery(more), documentOf(), set)).toBe(verdict);
  });

  test('is read from operations, with their methods, from properties and from components', async () => {
    const sunset = { deprecated: true, 'x-sunset': '2026-01-31' };
    const other = { '/others': { get: { operationId: 'others.list', responses: {} } } };
    const operation = (more: object) => ({
      get: { operationId: 'things.list', responses: {}, ...more },
    });
    const paths = (more: object) => documentOf({}, { paths: { ...other, ...more } });
    expect(await verdictOf(paths({ '/things': operation(sunset) }), paths({}), set)).toBe('none');
    expect(await verdictOf(paths({ '/things': operation({}) }), paths({}), set)).toBe('breaking');
    const object = (properties: object) => response({ type: 'object', properties });
    expect(await verdictOf(object({ a: { ...text, ...sunset } }), object({}), set)).toBe('none');
    expect(await verdictOf(object({ a: text }), object({}), set)).toBe('breaking');
    const schemas = (named: object) => documentOf({}, { components: { schemas: named } });
    const Thing = { ...text, ...sunset };
    expect(await verdictOf(schemas({ Thing }), schemas({}), set)).toBe('none');
  });
});
