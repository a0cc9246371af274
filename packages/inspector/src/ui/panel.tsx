import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Properties {
  title: ComponentChildren;
  /** The panel's label, for screen readers. */
  label: string;
  close(): void;
  children: ComponentChildren;
}

/** Details beside a list; on narrow screens, in its place. Takes the focus; {@link useFocusBack} gives it back. */
export function Panel({ title, label, close, children }: Properties): VNode {
  const panel = useRef<HTMLElement>(null);
  // At once: Escape closes the panel as soon as it is there.
  useLayoutEffect(() => {
    panel.current?.focus({ preventScroll: true });
  }, []);
  return (
    // Escape closes the panel from anywhere in it.
    <section
      ref={panel}
      class="panel"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        close();
      }}
    >
      <header class="panel-head">
        <h2>{title}</h2>
        <button type="button" class="plain" onClick={close} aria-label="Close" title="Close (Esc)">
          ✕
        </button>
      </header>
      <div class="panel-body">{children}</div>
    </section>
  );
}

/** Gives the focus to the list after its panel was closed. On narrow screens, the list is hidden until then. */
export function useFocusBack(isOpen: boolean): void {
  const wasOpen = useRef(isOpen);
  useLayoutEffect(() => {
    const isLost = document.activeElement === document.body;
    if (wasOpen.current && !isOpen && isLost)
      document.querySelector<HTMLElement>('.split-list .grid')?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
}
