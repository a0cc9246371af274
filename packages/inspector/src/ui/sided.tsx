import type { ComponentChildren, VNode } from 'preact';
import { Empty } from './empty.tsx';

interface Properties {
  /** The list to choose from. */
  side: ComponentChildren;
  isWide?: boolean;
  /** What is chosen; undefined where nothing is. */
  children: VNode | undefined;
  /** What is said then. */
  none: { title: string; text: string };
}

/** A list, and beside it what was chosen from it. */
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
