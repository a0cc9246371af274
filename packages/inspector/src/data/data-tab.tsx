import type { VNode } from 'preact';
import type { CollectionInfo } from '../api/types.ts';
import { hashOf, route } from '../route.ts';
import { collections } from '../session.ts';
import { useStore } from '../store.ts';
import { formatNumber } from '../ui/format.ts';
import { Sided } from '../ui/sided.tsx';
import { CollectionView } from './collection-view.tsx';
import { ScopeForm } from './scope-form.tsx';
import { StateActions } from './state-actions.tsx';
import { parentOf } from './tree.ts';

export function DataTab(): VNode {
  const all = useStore(collections);
  const { name, parameters } = useStore(route);
  const current = all.find((one) => one.name === name) ?? (name === undefined ? all[0] : undefined);
  const none =
    all.length === 0
      ? {
          title: 'No collections',
          text: 'The spec has no operations with state.',
        }
      : {
          title: 'No such collection',
          text: `The mock has no collection ${name}. Choose one from the list.`,
        };
  const side = (
    <>
      <CollectionNav all={all} current={current} />
      <StateActions />
    </>
  );
  return (
    <Sided side={side} none={none}>
      {current && <Content key={current.name} collection={current} parameters={parameters} />}
    </Sided>
  );
}

function CollectionNav({
  all,
  current,
}: {
  all: CollectionInfo[];
  current: CollectionInfo | undefined;
}): VNode {
  return (
    <nav aria-label="Collections" class="side-list">
      {all.map(({ name, size, scope }) => (
        <a
          key={name}
          href={hashOf('data', name)}
          aria-current={name === current?.name ? 'page' : undefined}
          class={`depth-${Math.min(scope.length, 3)}`}
        >
          <span>{name}</span>
          <span class="number muted">{formatNumber(size)}</span>
        </a>
      ))}
    </nav>
  );
}

function Content({
  collection,
  parameters,
}: {
  collection: CollectionInfo;
  parameters: Record<string, string>;
}): VNode {
  const all = useStore(collections);
  const scope = Object.fromEntries(
    collection.scope.flatMap((name) => {
      const value = parameters[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const complete = collection.scope.every((name) => name in scope);
  if (!complete) {
    return <ScopeForm collection={collection} parent={parentOf(collection, all)} scope={scope} />;
  }
  return (
    <CollectionView
      key={JSON.stringify(scope)}
      collection={collection}
      scope={scope}
      openID={parameters['item']}
    />
  );
}
