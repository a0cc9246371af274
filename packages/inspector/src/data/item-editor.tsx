import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ControlError } from '../api/control.ts';
import { lineOf, lineOfPath, locate } from '../json/locate.ts';
import { messageOf } from '../session.ts';
import { JSONEditor, type LineProblem } from '../ui/json-editor.tsx';

interface Properties {
  value: unknown;
  /** The button's label: `Save`. */
  action: string;
  /** @throws {ControlError} with the issues that the contract has with it */
  submit(text: string): Promise<void>;
  /** Further buttons. */
  children?: ComponentChildren;
}

/** An item as JSON, with problems beside their lines. */
export function ItemEditor({ value, action, submit, children }: Properties): VNode {
  const original = JSON.stringify(value, undefined, 2);
  const [text, setText] = useState(original);
  const [problems, setProblems] = useState<LineProblem[]>([]);
  const [busy, setBusy] = useState(false);
  /** The item at the start of the edit; undefined without an edit. */
  const [base, setBase] = useState<string>();
  const changed = text !== original;

  // The item may change while it is open: an unedited text follows, unless it has the cursor.
  const follow = (focus: EventTarget | null) => {
    if (base === undefined && !(focus instanceof HTMLTextAreaElement)) setText(original);
  };
  useEffect(() => follow(document.activeElement), [original]);

  const change = (next: string) => {
    setBase((old) => old ?? original);
    setText(next);
    setProblems([]);
  };
  const save = async () => {
    const located = locate(text);
    if (located.error) {
      const { message, offset } = located.error;
      setProblems([{ line: lineOf(text, offset), message }]);
      return;
    }
    setBusy(true);
    try {
      await submit(text);
      setBase(undefined);
      setProblems([]);
    } catch (error) {
      const issues = error instanceof ControlError ? error.issues : [];
      setProblems(
        issues.length > 0
          ? issues.map(({ path, message }) => ({
              line: lineOfPath(text, located, path),
              message: `${path.replace(/^\//, '')} ${message}`.trim(),
            }))
          : [{ line: undefined, message: messageOf(error) }],
      );
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      class="editor-form"
      onFocusOut={({ relatedTarget }) => follow(relatedTarget)}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <JSONEditor
        label="Item as JSON"
        text={text}
        problems={problems}
        onChange={change}
        onSubmit={save}
      />
      {base !== undefined && base !== original && (
        <p class="note" role="status">
          The item has changed since you began to edit it. {action} replaces it with your text;
          Revert shows the current item.
        </p>
      )}
      <div class="actions">
        <button type="submit" class="primary" disabled={busy}>
          {action}
        </button>
        <button
          type="button"
          disabled={!changed}
          onClick={() => {
            setBase(undefined);
            setText(original);
            setProblems([]);
          }}
        >
          Revert
        </button>
        {children}
      </div>
    </form>
  );
}
