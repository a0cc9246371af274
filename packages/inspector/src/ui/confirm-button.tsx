import type { VNode } from 'preact';
import { useId, useRef } from 'preact/hooks';

interface Properties {
  label: string;
  title: string;
  /** The consequences. */
  text: string;
  confirm: string;
  onConfirm(): void;
}

/** A button for an action that cannot be undone. */
export function ConfirmButton({ label, title, text, confirm, onConfirm }: Properties): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleID = useId();
  return (
    <>
      <button type="button" class="danger" onClick={() => dialog.current?.showModal()}>
        {label}
      </button>
      <dialog ref={dialog} aria-labelledby={titleID} onKeyDown={(event) => event.stopPropagation()}>
        <h2 id={titleID}>{title}</h2>
        <p>{text}</p>
        <form method="dialog" class="actions">
          <button type="submit">Cancel</button>
          <button type="submit" class="danger" onClick={onConfirm}>
            {confirm}
          </button>
        </form>
      </dialog>
    </>
  );
}
