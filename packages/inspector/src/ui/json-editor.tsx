import type { VNode } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { tokens } from '../json/tokens.ts';

export interface LineProblem {
  /** From 0; undefined if the problem has no line. */
  line: number | undefined;
  message: string;
}

interface Properties {
  label: string;
  text: string;
  problems?: LineProblem[];
  onChange(text: string): void;
  /** Ctrl+Enter, or ⌘+Enter. */
  onSubmit?(): void;
}

/**
 * A text area, and under its transparent text the same text in colours, with the problems after their lines. All
 * problems stand below it as well, for screen readers and for lines that are out of sight.
 */
export function JSONEditor({ label, text, problems = [], onChange, onSubmit }: Properties): VNode {
  const area = useRef<HTMLTextAreaElement>(null);
  const problemsID = useId();
  const goTo = (line: number) => {
    const start = text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0);
    const end = text.indexOf('\n', start);
    area.current?.focus();
    area.current?.setSelectionRange(start, end === -1 ? text.length : end);
  };
  return (
    <div class="editor">
      <div class="editor-scroll">
        <div class="editor-text">
          <pre class="editor-under" aria-hidden="true">
            {text.split('\n').map((line, index) => (
              <Line
                key={index}
                text={line}
                problems={problems.filter((one) => one.line === index)}
              />
            ))}
          </pre>
          <textarea
            ref={area}
            aria-label={label}
            aria-invalid={problems.length > 0}
            aria-describedby={problemsID}
            spellcheck={false}
            autoComplete="off"
            autoCapitalize="off"
            wrap="off"
            value={text}
            onInput={({ currentTarget }) => onChange(currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              onSubmit?.();
            }}
          />
        </div>
      </div>
      <div id={problemsID} role="alert">
        {problems.length > 0 && <Problems problems={problems} goTo={goTo} />}
      </div>
    </div>
  );
}

function Problems({
  problems,
  goTo,
}: {
  problems: LineProblem[];
  goTo(line: number): void;
}): VNode {
  return (
    <ul class="problems">
      {problems.map(({ line, message }) => (
        <li key={`${line} ${message}`}>
          {line !== undefined && (
            <button type="button" class="plain" onClick={() => goTo(line)}>
              Line {line + 1}
            </button>
          )}{' '}
          {message}
        </li>
      ))}
    </ul>
  );
}

function Line({ text, problems }: { text: string; problems: LineProblem[] }): VNode {
  return (
    <span class={problems.length > 0 ? 'editor-line editor-line-bad' : 'editor-line'}>
      {tokens(text).map((part, index) => (
        <span key={index} class={`token-${part.kind}`}>
          {part.text}
        </span>
      ))}
      {problems.map(({ message }) => (
        <span key={message} class="editor-problem">
          {message}
        </span>
      ))}
      {'\n'}
    </span>
  );
}
