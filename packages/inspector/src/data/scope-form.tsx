import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { CollectionInfo } from '../api/types.ts';
import { hashOf } from '../route.ts';
import { Empty } from '../ui/empty.tsx';

/** Asks which parent's items to show. */
export function ScopeForm({
  collection,
  parent,
  scope,
}: {
  collection: CollectionInfo;
  parent: CollectionInfo | undefined;
  scope: Record<string, string>;
}): VNode {
  const [values, setValues] = useState(scope);
  const submit = (event: Event) => {
    event.preventDefault();
    location.hash = hashOf('data', collection.name, values);
  };
  return (
    <Empty title={collection.name}>
      <p>
        Each parent has its own items. Enter the parent
        {parent && (
          <>
            , or open an item of <a href={hashOf('data', parent.name)}>{parent.name}</a> and follow
            the link there
          </>
        )}
        .
      </p>
      <form class="inline-form" onSubmit={submit}>
        {collection.scope.map((name) => (
          <label key={name}>
            <span class="mono">{name}</span>
            <input
              required
              autoComplete="off"
              spellcheck={false}
              value={values[name] ?? ''}
              onInput={({ currentTarget }) => setValues({ ...values, [name]: currentTarget.value })}
            />
          </label>
        ))}
        <button type="submit" class="primary">
          Show items
        </button>
      </form>
    </Empty>
  );
}
