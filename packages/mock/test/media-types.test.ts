import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMediaType, readAccept } from '../src/http/media-types.ts';

describe('Accept', () => {
  test.each([
    ['*/*', '*/*'],
    ['a/b', 'a/b'],
    ['a/b;', 'a/b'],
    ['a/b; ;  ; q=0.5 ;', 'a/b;q=0.5'],
    ['a/b ; q=1', 'a/b;q=1'],
    ['text/html, application/json;q=0.5', 'text/html,application/json;q=0.5'],
    [', a/b,, c/d,', 'a/b,c/d'],
    ['a/b;x="1,2;3\\""', 'a/b'],
    ['application/vnd.api+json', 'application/vnd.api+json'],
    // What Java's own client sends.
    ['text/html, image/gif, *; q=.2, */*; q=.2', 'text/html,image/gif,*/*;q=.2'],
    ['json, a/b', 'a/b'],
    ['a/b;q=, c/d, e f', 'c/d'],
    ['a/b;x="1, c/d', 'c/d'],
  ])('%j is read as %j', (given, read) => {
    expect(readAccept(given)).toBe(read);
  });

  test.each([
    '',
    ' ',
    ',',
    'json',
    'a/',
    '/b',
    'a/b/c',
    'a b/c',
    'a/b;q=',
    'a/b;q',
    'a/b;x="1',
    'a/b c/d',
    '\u00e9/b',
  ])('%j is not a list of media ranges', (given) => {
    expect(readAccept(given)).toBeUndefined();
  });

  test('takes linear time, whatever it is', () => {
    const started = process.cpuUsage();
    for (const part of [
      'a/b;',
      ' ',
      ';',
      '; ',
      ',',
      'x,',
      'a/b;x="',
      ',a/b;x="',
      '\\"',
      'a=',
      'a/b; a=b ',
    ]) {
      readAccept(`a/b${part.repeat(20_000)}\u0000`);
      isMediaType(`a/b${part.repeat(20_000)}\u0000`);
    }
    // In microseconds of the processor: a busy machine does not count.
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
  });

  test('what is read is read again the same', () => {
    const text = fc.string({ unit: fc.constantFrom(...'a/b;, q=1"\\*\t') });
    fc.assert(
      fc.property(text, (given) => {
        const read = readAccept(given);
        if (read !== undefined) expect(readAccept(read)).toBe(read);
      }),
    );
  });
});

test('Content-Type is one media type', () => {
  for (const type of ['application/json', 'application/json; charset=utf-8', 'a/b;', 'a/b;x="y"']) {
    expect([type, isMediaType(type)]).toEqual([type, true]);
  }
  for (const type of ['json', '', 'a/b, c/d', 'a/', 'a/b;charset="']) {
    expect([type, isMediaType(type)]).toEqual([type, false]);
  }
});
