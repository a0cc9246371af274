import type { ComponentChildren, VNode } from 'preact';

/** A placeholder for empty content, with the reason and the next step. */
export function Empty({ title, children }: { title: string; children: ComponentChildren }): VNode {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
