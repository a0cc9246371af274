import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { OperationInfo } from '../api/types.ts';
import { hashOf, route } from '../route.ts';
import { operations } from '../session.ts';
import { useStore } from '../store.ts';
import { PathText } from '../ui/path-text.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Sided } from '../ui/sided.tsx';
import { OperationView } from './operation-view.tsx';

export function OperationsTab(): VNode {
  const all = useStore(operations);
  const { name } = useStore(route);
  const [search, setSearch] = useState('');
  const current = name === undefined ? all[0] : all.find(({ id }) => id === name);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = all.filter(({ id, method, path, summary = '' }) => {
    const text = `${id} ${method} ${path} ${summary}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const none =
    all.length === 0
      ? { title: 'No operations', text: 'They appear when the mock responds.' }
      : {
          title: 'No such operation',
          text: `The spec has no operation ${name}. Choose one from the list.`,
        };
  const side = (
    <>
      <SearchField label="Search operations" value={search} onChange={setSearch} />
      <nav aria-label="Operations" class="side-list">
        {groups(found).map(([tag, members]) => [
          tag !== '' && (
            <h2 key={tag} class="side-title">
              {tag}
            </h2>
          ),
          ...members.map((operation) => (
            <Entry key={operation.id} operation={operation} current={operation === current} />
          )),
        ])}
        {found.length === 0 && <p class="muted">No operation matches.</p>}
      </nav>
    </>
  );
  return (
    <Sided side={side} isWide none={none}>
      {current && <OperationView key={current.id} operation={current} />}
    </Sided>
  );
}

function Entry({ operation, current }: { operation: OperationInfo; current: boolean }): VNode {
  const { id, method, path } = operation;
  return (
    <a
      href={hashOf('operations', id)}
      aria-current={current ? 'page' : undefined}
      class="operation-link"
    >
      <span class="mono operation-call">{id}</span>
      <span class="mono muted operation-path">
        {method.toUpperCase()} <PathText path={path} />
      </span>
    </a>
  );
}

/** By tag, in the order of the spec. */
function groups(operations: OperationInfo[]): [string, OperationInfo[]][] {
  const byTag = new Map<string, OperationInfo[]>();
  for (const operation of operations) {
    const tag = operation.tag ?? '';
    byTag.set(tag, [...(byTag.get(tag) ?? []), operation]);
  }
  return [...byTag];
}
