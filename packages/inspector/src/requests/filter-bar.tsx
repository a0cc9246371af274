import type { VNode } from 'preact';
import type { OperationInfo } from '../api/types.ts';
import { journal, operations } from '../session.ts';
import { useStore } from '../store.ts';
import { SearchField } from '../ui/search-field.tsx';
import type { Filter } from './filter.ts';

/** Classes of statuses, then those that the spec names, then requests without a status. */
function statusesOf(known: OperationInfo[]): [value: string, label: string][] {
  const named = known.flatMap(({ responses }) => responses.map(({ status }) => String(status)));
  const whole = [...new Set(named)].filter((status) => /^\d{3}$/.test(status)).sort();
  return [
    ['', 'Any status'],
    ...['2', '3', '4', '5'].map((digit): [string, string] => [digit, `${digit}xx`]),
    ...whole.map((status): [string, string] => [status, status]),
    ['0', 'No answer'],
    ['violations', 'With violations'],
    ['faults', 'With a fault'],
  ];
}

export function FilterBar(): VNode {
  const { filter } = useStore(journal.view);
  const known = useStore(operations);
  const change = (part: Partial<Filter>) => journal.filter({ ...filter, ...part });
  return (
    <search class="filters">
      <SearchField
        label="Search requests"
        value={filter.text}
        onChange={(text) => change({ text })}
      />
      <select
        aria-label="Status"
        value={filter.status}
        onChange={({ currentTarget }) => change({ status: currentTarget.value })}
      >
        {statusesOf(known).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <select
        aria-label="Operation"
        value={filter.operation}
        onChange={({ currentTarget }) => change({ operation: currentTarget.value })}
      >
        <option value="">Any operation</option>
        {known.map(({ id }) => (
          <option key={id} value={id}>
            {id}
          </option>
        ))}
        <option value="none">No operation</option>
      </select>
    </search>
  );
}
