import type { VNode } from 'preact';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { ChangesTab } from './changes/changes-tab.tsx';
import { DataTab } from './data/data-tab.tsx';
import { FaultsTab } from './faults/faults-tab.tsx';
import { OperationsTab } from './operations/operations-tab.tsx';
import { RequestsTab } from './requests/requests-tab.tsx';
import { hashOf, route, type Tab, tabs } from './route.ts';
import { apiURL, connection, faults, health, notice, ready } from './session.ts';
import { SessionSelect } from './session-select.tsx';
import { useStore } from './store.ts';
import { CopyButton } from './ui/copy-button.tsx';
import { ShortcutsButton, useShortcuts } from './ui/shortcuts.tsx';

const views: Record<Tab, () => VNode> = {
  requests: RequestsTab,
  data: DataTab,
  faults: FaultsTab,
  operations: OperationsTab,
  changes: ChangesTab,
};

const titles: Record<Tab, string> = {
  requests: 'Requests',
  data: 'Data',
  faults: 'Faults',
  operations: 'Operations',
  changes: 'Changes',
};

export function App(): VNode {
  const { tab } = useStore(route);
  const state = useStore(health);
  const isReady = useStore(ready);
  const View = views[tab];
  useShortcuts();
  useEffect(() => {
    document.title = `${titles[tab]} · Mock inspector${state ? ` · ${state.title}` : ''}`;
  }, [tab, state]);
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to content
      </button>
      <header class="top">
        <div class="brand">
          <h1>Mock inspector</h1>
          <span class="brand-api">{state?.title}</span>
        </div>
        <nav class="tabs" aria-label="Views">
          {tabs.map((name) => (
            <TabLink key={name} name={name} current={name === tab} />
          ))}
        </nav>
        <SessionSelect />
        <Status />
      </header>
      <Lost />
      <main id="main" tabIndex={-1}>
        {isReady && <View />}
      </main>
      <NoticeRegion />
    </>
  );
}

function TabLink({ name, current }: { name: Tab; current: boolean }): VNode {
  const rules = useStore(faults).filter(({ left }) => left !== 0).length;
  const count = name === 'faults' && rules > 0 ? rules : undefined;
  return (
    <a href={hashOf(name)} aria-current={current ? 'page' : undefined}>
      {titles[name]}
      {count !== undefined && (
        <span class="count">
          {count}
          <span class="hidden"> active</span>
        </span>
      )}
    </a>
  );
}

const labels = { connecting: 'Connecting', live: 'Live', lost: 'Disconnected' };

function Status(): VNode {
  const state = useStore(connection);
  useStore(health);
  return (
    <div class="status">
      <span class={`dot dot-${state}`} aria-hidden="true" />
      <span role="status">{labels[state]}</span>
      <CopyButton class="address" text={apiURL} label="Copy the base URL">
        {apiURL()}
      </CopyButton>
      <ShortcutsButton />
    </div>
  );
}

function Lost(): VNode | null {
  const state = useStore(connection);
  if (state !== 'lost') return null;
  return (
    <p class="lost" role="alert">
      <strong>The mock does not respond.</strong> The page shows the last known state. Start the
      mock on port {location.port || '80'}; the page reconnects automatically.
    </p>
  );
}

/** The result of the last action. The region always exists, so that screen readers announce its content. */
function NoticeRegion(): VNode {
  const current = useStore(notice);
  // At once: the timer of the previous notice must not remove this one.
  useLayoutEffect(() => {
    if (current?.kind !== 'ok') return;
    const timer = setTimeout(() => notice.set(undefined), 5000);
    return () => clearTimeout(timer);
  }, [current]);
  return (
    <div class="notice" role="status">
      {current && (
        <span class={`notice-${current.kind}`}>
          {current.text}
          {current.kind === 'error' && (
            <button type="button" class="plain" onClick={() => notice.set(undefined)}>
              Dismiss
            </button>
          )}
        </span>
      )}
    </div>
  );
}
