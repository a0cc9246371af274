import { expect, test } from 'vitest';
import { deref, schemaName } from '../src/index.ts';

const document = {
  components: {
    schemas: {
      'a/b': { type: 'string' },
      Alias: { $ref: '#/components/schemas/a~1b' },
      Loop: { $ref: '#/components/schemas/Loop' },
    },
  },
};

test('a reference is followed through others', () => {
  expect(deref(document, { $ref: '#/components/schemas/Alias' })).toEqual({ type: 'string' });
});

test.each(['#/components/schemas/None', '#/components/schemas/Loop', '#anchor', 'x.yaml#/a'])(
  '%s leads to nothing',
  ($ref) => {
    expect(deref(document, { $ref })).toBeUndefined();
  },
);

test('the name of a schema is that of its component', () => {
  expect(schemaName({ $ref: '#/components/schemas/a~1b' })).toBe('a/b');
  expect(schemaName({ $ref: '#/components/schemas/A/properties/b' })).toBeUndefined();
  expect(schemaName({ $ref: '#/components/responses/A' })).toBeUndefined();
  expect(schemaName(undefined)).toBeUndefined();
});
