import type { VNode } from 'preact';

interface Properties {
  label: string;
  value: string;
  onChange(value: string): void;
}

/** The field that `/` focuses. Escape clears it, and then leaves it. */
export function SearchField({ label, value, onChange }: Properties): VNode {
  return (
    <div class="search">
      <input
        type="search"
        data-key="/"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellcheck={false}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          if (value === '') event.currentTarget.blur();
          else onChange('');
        }}
      />
      <span class="key" aria-hidden="true">
        /
      </span>
    </div>
  );
}
