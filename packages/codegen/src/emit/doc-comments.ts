import ts from 'typescript';
import { jsdoc, sentence } from './text.ts';

/**
 * Rewrites openapi-typescript's comments as a person reads them in a hover: the description without a tag in front of
 * it, one example instead of all, and no facts that the type states.
 */
export function tidyComments(node: ts.Node): void {
  const comments = ts.getSyntheticLeadingComments(node)?.flatMap((comment) => {
    const text = jsdoc(readableComment(comment.text.replace(/^\*/, ''))).trim();
    return text ? [{ ...comment, text: text.slice('/*'.length, -'*/'.length) }] : [];
  });
  if (comments) ts.setSyntheticLeadingComments(node, comments);
  ts.forEachChild(node, tidyComments);
}

function readableComment(comment: string): string[] {
  // Lines after the first one of a part are indented.
  const text = comment.trim().replaceAll(/^ *\* ?(?: {4})?/gm, '');
  const [head = '', ...tags] = `\n${text}`.split(
    /^(?=@(?:constant|default|deprecated|description|example)\b)/m,
  );
  const tagged = (tag: string) => tags.filter((part) => part.startsWith(`@${tag}`));
  const [, format] = /^Format: (.*)$/m.exec(head) ?? [];
  const title = head.replace(/^Format: .*$/m, '').trim();
  const [description = ''] = tagged('description');
  const body = description.replace('@description', '').trim() || title;
  return [
    format ? `${sentence(body)} Format: ${format}.` : body,
    ...tagged('deprecated'),
    ...tagged('default'),
    ...tagged('example').slice(0, 1).map(onOneLine),
  ].map((part) => part.trim());
}

/** openapi-typescript writes an example that is an array or an object over several lines. */
function onOneLine(tag: string): string {
  const text = tag.replace('@example', '').trim();
  return /^[[{]/.test(text) ? `@example ${text.replaceAll(/\s*\n\s*/g, ' ')}` : tag;
}
