import type { ComponentChildren, VNode } from 'preact';
import { say } from '../session.ts';

interface Properties {
  /** The text to copy, or a function that returns it when the button is pressed. */
  text: string | (() => string | Promise<string>);
  /** The button's label, if its content is not enough. */
  label?: string;
  class?: string;
  children: ComponentChildren;
}

export function CopyButton({ text, label, class: className, children }: Properties): VNode {
  const press = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : await text());
      say('ok', 'Copied.');
    } catch {
      // No permission, or a page that is not on a loopback address and has no TLS.
      say(
        'error',
        'The browser does not let this page write to the clipboard. Select the text and copy it.',
      );
    }
  };
  return (
    <button
      type="button"
      class={className}
      title={label}
      aria-label={
        label === undefined || typeof children !== 'string' ? label : `${label}: ${children}`
      }
      onClick={press}
    >
      {children}
    </button>
  );
}
