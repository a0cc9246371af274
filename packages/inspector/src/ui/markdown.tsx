import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Without any of these, a text of one paragraph is the same in Markdown. */
const special = /[`*_[\]<>#&\\~|]|\n|^\s*(?:[-+]|\d+[.)])\s/;

let loading: Promise<(text: string) => string> | undefined;
/** Loaded for the first text that needs it. */
function loadMarkdown(): Promise<(text: string) => string> {
  loading ??= import('micromark').then(({ micromark }) => micromark);
  return loading;
}

/** A description of the document, as Markdown without HTML: micromark escapes tags, and drops links to scripts. */
export function Markdown({ text, class: name }: { text: string; class?: string }): VNode {
  const [html, setHTML] = useState<string>();
  const box = useRef<HTMLDivElement>(null);
  const needsMarkdown = special.test(text);
  useEffect(() => {
    let isCurrent = true;
    setHTML(undefined);
    if (needsMarkdown)
      loadMarkdown().then(
        (render) => {
          if (isCurrent) setHTML(render(text));
        },
        // The text is shown as it is.
        () => {},
      );
    return () => {
      isCurrent = false;
    };
  }, [text, needsMarkdown]);
  // Before the links can be clicked.
  useLayoutEffect(() => {
    for (const link of box.current?.querySelectorAll('a') ?? []) {
      link.target = '_blank';
      link.rel = 'noreferrer';
    }
  }, [html]);
  const classes = `markdown${name === undefined ? '' : ` ${name}`}`;
  if (html === undefined) return <div class={`${classes} prose-plain`}>{text}</div>;
  // micromark writes no tag and no address that is not Markdown's.
  return <div ref={box} class={classes} dangerouslySetInnerHTML={{ __html: html }} />;
}
