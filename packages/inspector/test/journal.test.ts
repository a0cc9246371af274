import { expect, test } from 'vitest';
import { noFilter } from '../src/requests/filter.ts';
import { capacity, Journal } from '../src/requests/journal.ts';
import { recorded } from './support/requests.ts';

const requests = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => recorded({ id: `req_${from + index}` }));
const idsOf = (journal: Journal) => journal.view.value.matching.map(({ id }) => id);

test('requests are kept in the order in which they come, each once', () => {
  const journal = new Journal();
  journal.add(requests(2));
  journal.add(requests(3));
  expect(idsOf(journal)).toEqual(['req_0', 'req_1', 'req_2']);
});

test('a filter applies to existing and new requests', () => {
  const journal = new Journal();
  journal.add([recorded({ id: 'a', status: 200 }), recorded({ id: 'b', status: 500 })]);
  journal.filter({ ...noFilter, status: '5' });
  journal.add([recorded({ id: 'c', status: 503 }), recorded({ id: 'd', status: 200 })]);
  expect(idsOf(journal)).toEqual(['b', 'c']);
  expect(journal.view.value.total).toBe(4);
});

test('while paused, nothing is shown and nothing is lost', () => {
  const journal = new Journal();
  journal.pause(true);
  journal.add(requests(2));
  expect([idsOf(journal), journal.view.value.waiting]).toEqual([[], 2]);
  journal.pause(false);
  expect([idsOf(journal), journal.view.value.waiting]).toEqual([['req_0', 'req_1'], 0]);
});

test('the oldest requests go when there are too many', () => {
  const journal = new Journal();
  for (let from = 0; from < capacity * 2; from += 1000) journal.add(requests(1000, from));
  const ids = idsOf(journal);
  expect(ids.length).toBeLessThanOrEqual(capacity * 1.1);
  expect(ids.length).toBeGreaterThanOrEqual(capacity);
  expect(ids.at(-1)).toBe(`req_${capacity * 2 - 1}`);
});

test("a replaced journal has exactly the mock's requests", () => {
  const journal = new Journal();
  journal.add(requests(3));
  journal.replace(requests(2, 1));
  expect(idsOf(journal)).toEqual(['req_1', 'req_2']);
});
