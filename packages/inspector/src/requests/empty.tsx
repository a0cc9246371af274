import type { VNode } from 'preact';
import { fullPath } from '../api/full-path.ts';
import { curl } from '../copy-as/curl.ts';
import { basePath, health, operations } from '../session.ts';
import { useStore } from '../store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Empty } from '../ui/empty.tsx';

/** Before the first request: how to make one. */
export function NoRequests(): VNode {
  const known = useStore(operations);
  // The base path is part of it.
  useStore(health);
  // The simplest call: no path parameters and no body.
  const simplest = known.find(({ method, path }) => /^get$/i.test(method) && !path.includes('{'));
  const path = fullPath(simplest ?? { path: '/' }, basePath());
  const command = curl({ method: 'GET', path, query: {} }, location.origin).replaceAll(
    '\\\n  ',
    '',
  );
  return (
    <Empty title="No requests yet">
      <p>Point a client at this mock, or send one from a terminal. It appears here at once.</p>
      <div class="command">
        <code>{command}</code>
        <CopyButton text={command}>Copy</CopyButton>
      </div>
      <p class="muted">
        Any key is accepted unless the mock was started with its own keys. You can also send
        requests from <a href="#operations">Operations</a>.
      </p>
    </Empty>
  );
}

export function NoMatch({ clear }: { clear: () => void }): VNode {
  return (
    <Empty title="No request matches">
      <p>The filter hides all requests.</p>
      <button type="button" onClick={clear}>
        Clear the filter
      </button>
    </Empty>
  );
}
