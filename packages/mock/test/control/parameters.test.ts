import { describe, expect, test } from 'vitest';
import type { ControlError } from '../../src/control/control-error.ts';
import { booleanParam, limitParam, onlyParams, textParam } from '../../src/control/parameters.ts';

/** What a parameter is refused with. */
function refusal(read: () => unknown): Partial<ControlError> {
  try {
    read();
  } catch (error) {
    const { status, message, param } = error as ControlError;
    return { status, message, param };
  }
  throw new Error('The parameter was accepted.');
}

describe('limit', () => {
  test.each([
    ['1', 1],
    ['17', 17],
    ['50', 50],
    [undefined, 20],
  ])('%s is %i', (limit, expected) => {
    expect(limitParam(limit === undefined ? {} : { limit }, 20, 50)).toBe(expected);
  });

  test.each(['0', '51', '-1', '1.5', '1e1', ' 5', '5 ', 'x5', '5x', '', '0x5'])(
    '%j is a 400 that says what is expected',
    (limit) => {
      expect(refusal(() => limitParam({ limit }, 20, 50))).toEqual({
        status: 400,
        message: `limit must be an integer from 1 to 50, got ${JSON.stringify(limit)}.`,
        param: 'limit',
      });
    },
  );
});

test.each([
  [{}, false],
  [{ summary: 'false' }, false],
  [{ summary: 'true' }, true],
  [{ summary: '' }, true],
])('a boolean of %j is %s', (query, expected) => {
  expect(booleanParam(query, 'summary')).toBe(expected);
});

test('a boolean that is neither true nor false is a 400 that quotes it', () => {
  expect(refusal(() => booleanParam({ summary: '1' }, 'summary'))).toEqual({
    status: 400,
    message: 'summary must be true or false, got "1".',
    param: 'summary',
  });
});

test('a parameter that is repeated is a 400 with their number', () => {
  expect(textParam({ after: 'a' }, 'after')).toBe('a');
  expect(refusal(() => textParam({ after: ['a', 'b'] }, 'after'))).toEqual({
    status: 400,
    message: "Expected one 'after', got 2.",
    param: 'after',
  });
});

test('an unknown parameter is a 400 that lists the known ones', () => {
  expect(() => onlyParams({ after: 'a' }, ['after', 'limit'])).not.toThrow();
  expect(refusal(() => onlyParams({ after: 'a', lmit: '5' }, ['after', 'limit']))).toEqual({
    status: 400,
    message: "Unknown parameter 'lmit'. Expected: after, limit.",
    param: 'lmit',
  });
});
