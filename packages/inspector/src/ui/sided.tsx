import type { ComponentChildren, VNode } from 'preact';
import { Empty } from './empty.tsx';

interface Properties {
  /** The list to choose from. */
  side: ComponentChildren;
  isWide?: boolean;
  /** The selection; undefined if nothing is selected. */
  children: VNode | undefined;
  /** The text without a selection. */
  none: { title: string; text: string };
}

/** A list, with the selected item beside it. */
export function Sided({ side, isWide = false, children, none }: Properties): VNode {
  return (
    <div class={isWide ? 'sided sided-wide' : 'sided'}>
      <aside class="side">{side}</aside>
      {children ?? (
        <Empty title={none.title}>
          <p>{none.text}</p>
        </Empty>
      )}
    </div>
  );
}
