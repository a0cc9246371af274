import { valueIn } from '@org/codegen/item-id';
import type { VNode } from 'preact';
import { control, queryString } from '../api/control.ts';
import type { CollectionInfo, Item } from '../api/types.ts';
import { draft } from '../json/draft.ts';
import { hashOf } from '../route.ts';
import { collections, dataVersion, messageOf, run, say } from '../session.ts';
import { useStore } from '../store.ts';
import { ConfirmButton } from '../ui/confirm-button.tsx';
import { Panel } from '../ui/panel.tsx';
import { SchemaView } from '../ui/schema.tsx';
import { useLoad } from '../ui/use-load.ts';
import { ItemEditor } from './item-editor.tsx';
import { childrenOf, childScope } from './tree.ts';

interface Properties {
  collection: CollectionInfo;
  scope: Record<string, string>;
  close(): void;
}

export function OpenItem({ collection, scope, id, close }: Properties & { id: string }): VNode {
  const version = useStore(dataVersion);
  const address = `data/${encodeURIComponent(collection.name)}/${encodeURIComponent(id)}${queryString(scope)}`;
  const { value: item, error } = useLoad(() => control<Item>('GET', address), [address, version]);
  const remove = async () => {
    if (await run(() => control('DELETE', address), `Removed ${id}.`)) close();
  };
  return (
    <Panel title={<span class="mono wrap">{id}</span>} label={`Item ${id}`} close={close}>
      <Children collection={collection} scope={scope} id={id} />
      {error !== undefined && (
        <p class="error" role="alert">
          {messageOf(error)}
        </p>
      )}
      {item && (
        <ItemEditor
          value={item}
          action="Save"
          submit={async (text) => {
            await control('PUT', address, text);
            say('ok', `Saved ${id}.`);
          }}
        >
          <ConfirmButton
            label="Remove…"
            title={`Remove ${id}?`}
            text="This also removes its nested items. To restore them, use a snapshot or reset the mock."
            confirm="Remove"
            onConfirm={remove}
          />
        </ItemEditor>
      )}
      <ItemSchema collection={collection} />
    </Panel>
  );
}

export function NewItem({
  collection,
  scope,
  open,
  close,
}: Properties & { open(id: string): void }): VNode {
  const id = collection.idProperty;
  return (
    <Panel title="New item" label={`New item of ${collection.name}`} close={close}>
      <ItemEditor
        value={draft(collection.schema)}
        action="Add"
        submit={async (text) => {
          const path = `data/${encodeURIComponent(collection.name)}${queryString(scope)}`;
          const item = await control<Item>('POST', path, text);
          const added = String(valueIn(item, id));
          say('ok', `Added ${added}.`);
          open(added);
        }}
      />
      <ItemSchema collection={collection} />
    </Panel>
  );
}

function Children({
  collection,
  scope,
  id,
}: {
  collection: CollectionInfo;
  scope: Record<string, string>;
  id: string;
}): VNode | null {
  const children = childrenOf(collection, useStore(collections));
  if (children.length === 0) return null;
  return (
    <p class="actions">
      {children.map((child) => (
        <a
          key={child.name}
          class="button"
          href={hashOf('data', child.name, childScope(child, scope, id))}
        >
          {child.name} of this item
        </a>
      ))}
    </p>
  );
}

function ItemSchema({
  collection: { schema, itemType },
}: {
  collection: CollectionInfo;
}): VNode | null {
  if (!schema) return null;
  return (
    <details>
      <summary>Schema of {itemType}</summary>
      <SchemaView schema={schema} definitions={schema.__bundled__} />
    </details>
  );
}
