// biome-ignore-all lint/a11y/useSemanticElements: rows of a table cannot be positioned
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface GridColumn {
  key: string;
  title: string;
  class?: string;
}

interface Properties {
  label: string;
  columns: GridColumn[];
  count: number;
  /** Identifies the row at this index for as long as it is in the list. */
  keyOf(index: number): string;
  /** The cells of the row, one for each column. */
  cells(index: number): ComponentChildren[];
  onOpen(index: number): void;
  /** The key of the row that is open. */
  openKey?: string | undefined;
  class?: string;
  /** Custom properties for the style sheet. */
  style?: Record<string, string>;
  /** The height of a row in rem; the second is for narrow screens, where cells may wrap. */
  rowHeight: [wide: number, narrow: number];
  /** New rows are added at the top, without moving the visible rows. */
  anchored?: boolean;
}

/** Extra rows before and after the visible ones. */
const overscan = 6;

/** A table that renders only the rows that are visible, moved through by keyboard. */
export function Grid(properties: Properties): VNode {
  const { label, columns, count, keyOf, cells, onOpen, openKey, anchored } = properties;
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const rowHeight = useRowHeight(properties.rowHeight);
  const [activeKey, setActiveKey] = useState<string>();
  const active = useActive(activeKey, count, keyOf);
  const measure = () => {
    const { scrollTop: top = 0, clientHeight: height = 0 } = box.current ?? {};
    setView((old) => (old.top === top && old.height === height ? old : { top, height }));
  };
  useAnchor(anchored ? rowHeight : 0, count, keyOf, (pixels) => {
    const element = box.current;
    if (!element || element.scrollTop === 0) return;
    element.scrollTop += pixels;
    measure();
  });

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);

  const first = Math.max(0, Math.floor(view.top / rowHeight) - overscan);
  const last = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + overscan);
  const rows = Array.from({ length: Math.max(0, last - first) }, (_, offset) => first + offset);

  const moveTo = (index: number) => {
    const target = Math.min(count - 1, Math.max(0, index));
    if (target < 0) return;
    setActiveKey(keyOf(target));
    reveal(box.current, target, rowHeight);
  };
  const press = (event: KeyboardEvent) => {
    const perPage = Math.max(1, Math.floor(view.height / rowHeight) - 2);
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + perPage,
      PageUp: active - perPage,
      Home: 0,
      End: count - 1,
    };
    const index = moves[event.key];
    if (index !== undefined) {
      event.preventDefault();
      moveTo(index);
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      onOpen(active);
    }
  };

  return (
    <div
      ref={box}
      role="grid"
      class={`grid ${properties.class ?? ''}`}
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-activedescendant={active >= first && active < last ? `row-${keyOf(active)}` : undefined}
      style={properties.style}
      tabIndex={0}
      onKeyDown={press}
      onFocus={({ target, currentTarget }) => {
        const byKeyboard = target === currentTarget && currentTarget.matches(':focus-visible');
        if (byKeyboard && active < 0 && count > 0) moveTo(first === 0 ? 0 : first + overscan);
      }}
    >
      <div role="row" class="grid-head" aria-rowindex={1} tabIndex={-1}>
        {columns.map(({ key, title, class: className }) => (
          <div key={key} role="columnheader" class={className} tabIndex={-1}>
            {title}
          </div>
        ))}
      </div>
      <div role="rowgroup" class="grid-body" style={{ height: `${count * rowHeight}px` }}>
        {rows.map((index) => {
          const key = keyOf(index);
          return (
            // The grid has the focus and handles keys, which move the active row.
            // biome-ignore lint/a11y/useKeyWithClickEvents: Enter is handled by the grid
            <div
              key={key}
              id={`row-${key}`}
              role="row"
              class="grid-row"
              tabIndex={-1}
              aria-rowindex={index + 2}
              aria-selected={key === openKey}
              data-active={index === active ? '' : undefined}
              style={{ transform: `translateY(${index * rowHeight}px)`, height: `${rowHeight}px` }}
              onClick={() => {
                // The focus stays with the grid: this row may be scrolled away.
                box.current?.focus({ preventScroll: true });
                setActiveKey(key);
                onOpen(index);
              }}
            >
              {cells(index).map((cell, column) => (
                <div
                  key={columns[column]?.key}
                  role="gridcell"
                  class={columns[column]?.class}
                  tabIndex={-1}
                >
                  {cell}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Row heights follow the reader's font size. */
function useRowHeight([wide, narrow]: [number, number]): number {
  const query = '(max-width: 44rem)';
  const height = () => {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    return Math.round((matchMedia(query).matches ? narrow : wide) * rem);
  };
  const [value, setValue] = useState(height);
  useEffect(() => {
    const update = () => setValue(height());
    addEventListener('resize', update);
    return () => removeEventListener('resize', update);
  }, [wide, narrow]);
  return value;
}

/** The position of the active row, which moves down when rows are added above it. */
function useActive(
  key: string | undefined,
  count: number,
  keyOf: (index: number) => string,
): number {
  const last = useRef(-1);
  if (key === undefined) return -1;
  for (let distance = 0; distance < count; distance += 1) {
    for (const index of [last.current + distance, last.current - distance]) {
      if (index >= 0 && index < count && keyOf(index) === key) {
        last.current = index;
        return index;
      }
    }
  }
  return -1;
}

/** Scrolls along when rows are added above the first. */
function useAnchor(
  rowHeight: number,
  count: number,
  keyOf: (index: number) => string,
  scrollBy: (pixels: number) => void,
): void {
  const before = useRef({ count, first: '' });
  useLayoutEffect(() => {
    const { count: countBefore, first: firstBefore } = before.current;
    const first = count > 0 ? keyOf(0) : '';
    before.current = { count, first };
    const added = count - countBefore;
    const pushedDown = added > 0 && firstBefore !== '' && keyOf(added) === firstBefore;
    if (rowHeight > 0 && pushedDown) scrollBy(added * rowHeight);
  });
}

/** Scrolls so that the row can be seen below the head. */
function reveal(box: HTMLElement | null, index: number, rowHeight: number): void {
  if (!box) return;
  const head = box.querySelector<HTMLElement>('.grid-head')?.offsetHeight ?? 0;
  const [top, bottom] = [index * rowHeight, (index + 1) * rowHeight + head];
  if (top < box.scrollTop) box.scrollTop = top;
  else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
}
