/** First line of the comment: how it is found again. */
const marker = '<!-- pr-report -->';
const order = ['spec', 'snapshot'];
/** GitHub takes 65,536 characters per comment. */
const longest = 25_000;

/**
 * Replaces one section of the comment and keeps the others.
 *
 * @param report Markdown from a job that is not trusted: markers in it are escaped, nobody is mentioned, and what is
 *   longer than its share of the comment is cut.
 */
export function mergeSection(comment: string, section: string, report: string): string {
  const sections = new Map(
    order.map((name) => [name, name === section ? sanitize(report) : read(comment, name)]),
  );
  const parts = order.flatMap((name) => {
    const text = sections.get(name);
    return text ? [`${start(name)}\n${text}\n${end(name)}`] : [];
  });
  return [marker, ...parts].join('\n\n');
}

function read(comment: string, name: string): string | undefined {
  const [, rest] = comment.split(`${start(name)}\n`);
  return rest?.split(`\n${end(name)}`)[0];
}

function sanitize(report: string): string {
  const text = report
    .trim()
    .replaceAll('<!--', '&lt;!--')
    // A zero-width space after it prevents notifications, also where it is a character reference.
    .replaceAll(/@|&(?:commat|#0*64|#x0*40);?/gi, '$&\u200b');
  return text.length <= longest ? text : `${text.slice(0, longest)}\n\n… cut`;
}

const start = (name: string) => `<!-- ${name} -->`;
const end = (name: string) => `<!-- /${name} -->`;
