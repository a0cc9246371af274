import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { hashOf, tabs } from '../route.ts';

/** The storage key. Users of speech input must be able to turn off single-character shortcuts (WCAG 2.1.4). */
const storageKey = 'inspector.shortcuts';

const list: [keys: string, does: string][] = [
  ['/', 'Search'],
  ['1 2 3 4 5', 'Requests, Data, Faults, Operations, Changes'],
  ['↑ ↓', 'Move in a list; Home, End, Page up and Page down as well'],
  ['Enter', 'Open the selected row'],
  ['Esc', 'Close the panel; in a search field, clear it'],
  ['Ctrl Enter', 'In a form: save, add or send'],
  ['p', 'Pause or resume the requests'],
  ['?', 'This list'],
];

function enabled(): boolean {
  return localStorage.getItem(storageKey) !== 'off';
}

/** Keys that work everywhere on the page but in fields. */
export function useShortcuts(): void {
  useEffect(() => {
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

function press(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isField(event.target) || document.querySelector('dialog[open]') || !enabled()) return;
  const tab = tabs[Number(event.key) - 1];
  if (tab) location.hash = hashOf(tab);
  // Buttons declare their keys themselves.
  const target = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
  if (!tab && !target) return;
  event.preventDefault();
  if (target instanceof HTMLInputElement) {
    target.focus();
    target.select();
  } else target?.click();
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select');
}

export function ShortcutsButton(): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(enabled);
  const change = (value: boolean) => {
    localStorage.setItem(storageKey, value ? 'on' : 'off');
    setOn(value);
  };
  return (
    <>
      <button
        type="button"
        class="plain shortcuts-button"
        data-key="?"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts"
        onClick={() => dialog.current?.showModal()}
      >
        ?
      </button>
      <dialog ref={dialog} aria-labelledby="shortcuts-title">
        <h2 id="shortcuts-title">Keyboard shortcuts</h2>
        <dl class="shortcuts">
          {list.map(([keys, does]) => (
            <div key={keys}>
              <dt>
                {keys.split(' ').map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <label class="check">
          <input
            type="checkbox"
            checked={on}
            onChange={({ currentTarget }) => change(currentTarget.checked)}
          />
          Shortcuts of a single character
        </label>
        <form method="dialog" class="actions">
          <button type="submit">Close</button>
        </form>
      </dialog>
    </>
  );
}
