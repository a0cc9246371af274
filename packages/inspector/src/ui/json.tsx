import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { tokens } from '../json/tokens.ts';

/** JSON in colours, in a box that scrolls. */
export function JSONView({ text, label }: { text: string; label: string }): VNode {
  return (
    // Scrolled with the arrow keys, so it takes the focus.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section class="code" aria-label={label} tabIndex={0}>
      <pre>
        <Highlighted text={text} />
      </pre>
    </section>
  );
}

function Highlighted({ text }: { text: string }): VNode {
  const parts = useMemo(() => tokens(text), [text]);
  return (
    <code>
      {parts.map(({ kind, text }, index) =>
        kind === 'plain' ? (
          text
        ) : (
          <span key={index} class={`token-${kind}`}>
            {text}
          </span>
        ),
      )}
    </code>
  );
}
