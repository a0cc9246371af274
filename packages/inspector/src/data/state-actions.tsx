import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { control, controlURL } from '../api/control.ts';
import { run } from '../session.ts';
import { ConfirmButton } from '../ui/confirm-button.tsx';

/** Actions on the mock's whole state: save it to a file, restore it from one, reset it. */
export function StateActions(): VNode {
  const file = useRef<HTMLInputElement>(null);
  const restore = async () => {
    const input = file.current;
    const chosen = input?.files?.[0];
    if (!input || !chosen) return;
    const text = await chosen.text();
    // The same file may be chosen again.
    input.value = '';
    await run(() => control('PUT', 'snapshot', text), `Restored ${chosen.name}.`);
  };
  return (
    <section class="state-actions" aria-label="State">
      <a class="button" href={controlURL('snapshot')} download="snapshot.json">
        Save snapshot
      </a>
      <button type="button" onClick={() => file.current?.click()}>
        Restore…
      </button>
      <input
        ref={file}
        type="file"
        accept="application/json,.json"
        aria-label="Snapshot to restore"
        class="hidden"
        tabIndex={-1}
        onChange={restore}
      />
      <ConfirmButton
        label="Reset…"
        title="Reset the mock?"
        text="This restores the initial items, and removes faults and recorded requests."
        confirm="Reset"
        onConfirm={() => run(() => control('POST', 'reset', {}), 'The mock was reset.')}
      />
    </section>
  );
}
