import { valueIn } from '@org/codegen/item-id';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { control, queryString } from '../api/control.ts';
import type { CollectionInfo, DataPage } from '../api/types.ts';
import { hashOf } from '../route.ts';
import { dataVersion, messageOf } from '../session.ts';
import { useStore } from '../store.ts';
import { Empty } from '../ui/empty.tsx';
import { formatNumber } from '../ui/format.ts';
import { Grid } from '../ui/grid.tsx';
import { useFocusBack } from '../ui/panel.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { useLoad } from '../ui/use-load.ts';
import { cellText, columnsOf, widthsOf } from './columns.ts';
import { NewItem, OpenItem } from './item-panel.tsx';

/** The number of items per request: the page never holds more of a collection. */
const perPage = 50;

/** Milliseconds after the last key before a search begins. */
const searchDelay = 200;

/** The open view beside the list, if it is not an item. */
const newItem = '+new';

export function CollectionView({
  collection,
  scope,
  openID,
}: {
  collection: CollectionInfo;
  scope: Record<string, string>;
  openID: string | undefined;
}): VNode {
  const [search, setSearch] = useState('');
  const [cursors, setCursors] = useState<string[]>([]);
  const version = useStore(dataVersion);
  const settled = useSettled(search, searchDelay);
  const query = queryString({ ...scope, limit: perPage, after: cursors.at(-1), search: settled });
  const page = useLoad(async () => {
    const address = `data/${encodeURIComponent(collection.name)}${query}`;
    return { ...(await control<DataPage>('GET', address)), before: cursors.length };
  }, [query, version]);
  // The page that is shown: while another one is read, the cursors are ahead of it.
  const { data: items = [], total = 0, has_more: hasMore = false, before = 0 } = page.value ?? {};
  const id = collection.idProperty;
  const columns = columnsOf(items, collection.schema, id);
  const rows = items.map((item) =>
    columns.map((name) => cellText(valueIn(item, name), collection.schema?.properties?.[name])),
  );
  const widths = widthsOf(columns, rows);
  const idAt = (index: number) => String(valueIn(items[index], id));
  const open = (item?: string) => {
    location.hash = hashOf(
      'data',
      collection.name,
      item === undefined ? scope : { ...scope, item },
    );
  };
  useFocusBack(openID !== undefined);
  const from = before * perPage;
  return (
    <div class={`split ${openID === undefined ? '' : 'split-open'}`}>
      <div class="split-list">
        <div class="toolbar">
          <search class="filters">
            <SearchField
              label={`Search ${collection.name}`}
              value={search}
              onChange={(text) => {
                setSearch(text);
                setCursors([]);
              }}
            />
            <Scope scope={scope} />
          </search>
          <div class="toolbar-actions">
            <button type="button" onClick={() => open(newItem)}>
              Add item
            </button>
          </div>
        </div>
        {page.error !== undefined && (
          <p class="error" role="alert">
            {messageOf(page.error)}
          </p>
        )}
        {items.length === 0 ? (
          <div class="grid-empty">{page.value && <NoItems search={settled} />}</div>
        ) : (
          <Grid
            class="data-grid"
            label={`Items of ${collection.name}`}
            columns={columns.map((key) => ({
              key,
              title: key,
              class: key === id ? 'cell-id' : '',
            }))}
            rowHeight={[2.125, 2.125]}
            count={items.length}
            keyOf={idAt}
            cells={(index) =>
              (rows[index] ?? []).map((text, column) => (
                <span key={columns[column]} title={text}>
                  {text}
                </span>
              ))
            }
            style={{
              '--columns': widths.map((width) => `minmax(${width}ch, ${width}fr)`).join(' '),
              '--least-width': `calc(${widths.reduce((sum, width) => sum + width, 0)}ch + ${widths.length + 1}rem)`,
            }}
            openKey={openID}
            onOpen={(index) => open(idAt(index))}
          />
        )}
        <div class="summary pager">
          <span class="number" role="status">
            {items.length === 0
              ? '0 items'
              : `${formatNumber(from + 1)}–${formatNumber(from + items.length)} of ${formatNumber(total)}`}
          </span>
          <button
            type="button"
            disabled={cursors.length === 0}
            onClick={() => setCursors(cursors.slice(0, -1))}
          >
            Previous
          </button>
          <button
            type="button"
            disabled={!hasMore}
            onClick={() => setCursors([...cursors.slice(0, before), idAt(items.length - 1)])}
          >
            Next
          </button>
        </div>
      </div>
      {openID === newItem && (
        <NewItem collection={collection} scope={scope} open={open} close={() => open()} />
      )}
      {openID !== undefined && openID !== newItem && (
        <OpenItem
          key={openID}
          collection={collection}
          scope={scope}
          id={openID}
          close={() => open()}
        />
      )}
    </div>
  );
}

function Scope({ scope }: { scope: Record<string, string> }): VNode {
  return (
    <>
      {Object.entries(scope).map(([name, value]) => (
        <span key={name} class="chip">
          <span class="muted">{name}</span> {value}
        </span>
      ))}
    </>
  );
}

function NoItems({ search }: { search: string }): VNode {
  return (
    <Empty title={search === '' ? 'No items' : 'No item matches'}>
      <p>
        {search === ''
          ? 'Add one above, or make a request that creates one.'
          : `No item contains “${search}”. Search for another word.`}
      </p>
    </Empty>
  );
}

/** The value, once it has not changed for a while. */
function useSettled<T>(value: T, delay: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(() => value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}
