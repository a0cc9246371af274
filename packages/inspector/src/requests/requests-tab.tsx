import type { VNode } from 'preact';
import { control } from '../api/control.ts';
import type { RecordedRequest } from '../api/types.ts';
import { hashOf, route } from '../route.ts';
import { basePath, journal, run } from '../session.ts';
import { useStore } from '../store.ts';
import { formatDuration, formatNumber, formatTime, plural } from '../ui/format.ts';
import { Grid, type GridColumn } from '../ui/grid.tsx';
import { useFocusBack } from '../ui/panel.tsx';
import { NoMatch, NoRequests } from './empty.tsx';
import { noFilter, target } from './filter.ts';
import { FilterBar } from './filter-bar.tsx';
import { RequestDetails } from './request-details.tsx';
import { StatusLabel, Verdict } from './verdict.tsx';

const columns: GridColumn[] = [
  { key: 'time', title: 'Time', class: 'cell-time' },
  { key: 'status', title: 'Status', class: 'cell-status' },
  { key: 'method', title: 'Method', class: 'cell-method' },
  { key: 'target', title: 'Path and query', class: 'cell-target' },
  { key: 'verdict', title: 'Verdict', class: 'cell-verdict' },
  { key: 'duration', title: 'Duration', class: 'cell-duration' },
];

export function RequestsTab(): VNode {
  const { name: openID } = useStore(route);
  const { matching, total, paused, waiting } = useStore(journal.view);
  const at = (index: number) => matching[matching.length - 1 - index] as RecordedRequest;
  const close = () => {
    location.hash = hashOf('requests');
  };
  useFocusBack(openID !== undefined);
  return (
    <div class={`split ${openID === undefined ? '' : 'split-open'}`}>
      <div class="split-list">
        <div class="toolbar">
          <FilterBar />
          <div class="toolbar-actions">
            <button
              type="button"
              data-key="p"
              aria-pressed={paused}
              onClick={() => journal.pause(!paused)}
            >
              {paused ? 'Resume' : 'Pause'}
            </button>
            <button
              type="button"
              onClick={() => run(clear, 'The journal was cleared.')}
              disabled={total === 0}
            >
              Clear
            </button>
          </div>
        </div>
        {matching.length === 0 ? (
          <div class="grid-empty">
            {total === 0 ? <NoRequests /> : <NoMatch clear={() => journal.filter(noFilter)} />}
          </div>
        ) : (
          <Grid
            class="requests-grid"
            label="Requests, newest first"
            columns={columns}
            rowHeight={[2.125, 3.5]}
            count={matching.length}
            keyOf={(index) => at(index).id}
            cells={(index) => cellsOf(at(index))}
            openKey={openID}
            anchored
            onOpen={(index) => {
              location.hash = hashOf('requests', at(index).id);
            }}
          />
        )}
        <p class="summary" aria-live="off">
          {matching.length === total
            ? plural(total, 'request')
            : `${formatNumber(matching.length)} of ${plural(total, 'request')}`}
          {paused && ` · paused, ${formatNumber(waiting)} new`}
        </p>
      </div>
      {openID !== undefined && <RequestDetails key={openID} id={openID} close={close} />}
    </div>
  );
}

function cellsOf(request: RecordedRequest) {
  return [
    formatTime(request.time),
    <StatusLabel key="status" status={request.status} />,
    request.method,
    <span key="target" title={target(request)}>
      {shortPath(request.path)}
      <span class="query">{target(request).slice(request.path.length)}</span>
    </span>,
    <Verdict key="verdict" request={request} />,
    formatDuration(request.duration),
  ];
}

/** Without the base path: it is the same in every row. */
function shortPath(path: string): string {
  const base = basePath();
  return base !== '' && path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}

/** The event that follows tells earlier requests from later ones. */
async function clear(): Promise<void> {
  await control('DELETE', 'requests');
}
