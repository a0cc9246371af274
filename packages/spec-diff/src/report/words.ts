import { codeSpan as codeSpanOf, visible as escapeInvisible } from '@org/openapi';

/** A part of a sentence: our own words, or data from a document, which is shown as a name or a value. */
export type Part = string | { data: string; isCode: boolean };

/** A sentence as parts: each output format escapes its data in its own way. */
export type Words = readonly Part[];

type Data = string | number | boolean | readonly string[] | Part | Words;

/** A name, or code, which is marked as such: `limit`. */
export function code(value: string | number | boolean): Part {
  return { data: String(value), isCode: true };
}

/** Several names: `a`, `b` and `c`. */
export function codes(values: readonly string[], joint = 'and'): Words {
  return values.flatMap((value, i): Part[] => {
    if (i === 0) return [code(value)];
    return [i === values.length - 1 ? ` ${joint} ` : ', ', code(value)];
  });
}

/** Our words around data: every interpolated value is data. */
export function say(texts: TemplateStringsArray, ...values: readonly Data[]): Words {
  return texts.flatMap((text, i): Part[] => {
    const value = values[i];
    const parts: Part[] = text === '' ? [] : [text];
    if (i < values.length) parts.push(...partsOf(value as Data));
    return parts;
  });
}

function partsOf(value: Data): Part[] {
  if (Array.isArray(value)) {
    const isWords = value.some((each) => typeof each === 'object');
    return isWords ? [...(value as Words)] : [{ data: value.join(', '), isCode: false }];
  }
  if (typeof value === 'object') return [value as Part];
  return [{ data: String(value), isCode: false }];
}

/** Longer data is cut. */
const longest = 200;

/** Data on one line of visible characters, cut if it is very long. */
export function visible(data: string): string {
  return escapeInvisible(shortened(data));
}

function shortened(data: string): string {
  return data.length > longest ? `${data.slice(0, longest)}…` : data;
}

/** For a terminal, and for plain text. */
export function inText(words: Words): string {
  return words
    .map((part) => {
      if (typeof part === 'string') return part;
      return part.isCode ? `\`${visible(part.data)}\`` : visible(part.data);
    })
    .join('');
}

/**
 * For Markdown: data that is more than plain words is a code span, in which nothing is a link, a mention or HTML. In a
 * cell of a table, `|` has to be escaped besides.
 */
export function inMarkdown(words: Words): string {
  return words
    .map((part) => {
      if (typeof part === 'string') return part;
      return part.isCode || !/^[\p{L}\p{N} ,.()-]*$/u.test(part.data)
        ? codeSpan(part.data)
        : part.data;
    })
    .join('');
}

/** Data as a code span of Markdown, which begins no comment. In a cell of a table, `|` has to be escaped besides. */
export function codeSpan(data: string): string {
  return codeSpanOf(shortened(data)).replaceAll('<!--', '<\u200b!--');
}

/** A block of code in Markdown, whatever the text contains. */
export function fenced(text: string, language: string): string {
  const fence = '`'.repeat(
    Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)),
  );
  return `${fence}${language}\n${text.trim()}\n${fence}`;
}
