import type { ComponentChildren, VNode } from 'preact';
import { useId } from 'preact/hooks';

/** A label, a hint, and the control that `children` returns for an id. */
export function Field({
  label,
  hint,
  children,
}: {
  label: ComponentChildren;
  hint?: ComponentChildren;
  children(id: string, hintID: string): ComponentChildren;
}): VNode {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id, `${id}-hint`)}
      {hint !== undefined && (
        <span id={`${id}-hint`} class="hint">
          {hint}
        </span>
      )}
    </div>
  );
}

interface Bound {
  label: ComponentChildren;
  hint?: ComponentChildren;
  value: string;
  onChange(value: string): void;
  invalid?: boolean;
  /** The element with the reason. */
  errorID?: string;
}

interface TextProperties extends Bound {
  /** Identifies the field among those of its form. */
  name?: string;
  inputMode?: 'numeric' | 'decimal' | 'text';
  placeholder?: string;
}

export function TextField(properties: TextProperties): VNode {
  const { label, hint, value, onChange, inputMode = 'text', placeholder, name } = properties;
  const { invalid = false, errorID } = properties;
  return (
    <Field label={label} hint={hint}>
      {(id, hintID) => (
        <input
          id={id}
          name={name}
          type="text"
          inputMode={inputMode}
          placeholder={placeholder}
          autoComplete="off"
          spellcheck={false}
          aria-invalid={invalid}
          aria-describedby={invalid ? errorID : hint === undefined ? undefined : hintID}
          value={value}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    </Field>
  );
}

export function SelectField({
  label,
  hint,
  value,
  onChange,
  options,
  invalid = false,
  errorID,
}: Bound & { options: [value: string, label: string][] }): VNode {
  return (
    <Field label={label} hint={hint}>
      {(id, hintID) => (
        <select
          id={id}
          aria-invalid={invalid}
          aria-describedby={invalid ? errorID : hint === undefined ? undefined : hintID}
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        >
          {options.map(([option, text]) => (
            <option key={option} value={option}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
