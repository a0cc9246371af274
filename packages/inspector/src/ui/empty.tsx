import type { ComponentChildren, VNode } from 'preact';

/** What stands where nothing is: why, and what to do. */
export function Empty({ title, children }: { title: string; children: ComponentChildren }): VNode {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
