/** A part of a sentence: our own words, or data from a document, which is shown as a name or a value. */
export type Part = string | { data: string; isCode: boolean };

/** A sentence that is not written out yet: each place where it appears escapes data in its own way. */
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

/** Words of ours around data: every value that stands in it is data. */
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

/** Longer data than this says nothing more. */
const longest = 200;

/**
 * Data on one line of visible characters: what would end a line, move a cursor, change colors or turn the direction of a
 * text is written as an escape, and what is very long is cut.
 */
export function visible(data: string): string {
  const text = data.length > longest ? `${data.slice(0, longest)}…` : data;
  return text.replaceAll(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that must not reach a terminal.
    /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (character) => {
      if (character === '\n') return '\\n';
      if (character === '\t') return '\\t';
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    },
  );
}

/** For a terminal, and where a text is shown as it is. */
export function inText(words: Words): string {
  return words
    .map((part) => {
      if (typeof part === 'string') return part;
      return part.isCode ? `\`${visible(part.data)}\`` : visible(part.data);
    })
    .join('');
}

/**
 * For Markdown, also in a cell of a table: data that is more than plain words is a code span, in which nothing is a
 * link, a mention, HTML or the end of a cell.
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

/** Data as a code span of Markdown. */
export function codeSpan(data: string): string {
  const text = visible(data).replaceAll('|', '\\|').replaceAll('<!--', '<\u200b!--');
  if (text.trim() === '') return `\`"${text}"\``;
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length);
  let fence = '`';
  while (runs.includes(fence.length)) fence += '`';
  const pad = /^[` ]|[` ]$/.test(text) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}
