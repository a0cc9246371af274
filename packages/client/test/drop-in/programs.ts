import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A program on the official package. */
export interface Program {
  name: string;
  /** Which difference it shows, if one. */
  differs: string | undefined;
  /** The module: its default export runs the program. */
  code: string;
}

/**
 * Reads `programs/*.txt`. A program begins with `=== name | each: a; b | at: script | differs: word`; `each` makes one
 * program of every value, which stands where `$x` is.
 */
export function readPrograms(): Program[] {
  const folder = join(import.meta.dirname, 'programs');
  return globSync('*.txt', { cwd: folder })
    .sort()
    .flatMap((file) => {
      const [, ...parts] = readFileSync(join(folder, file), 'utf8').split(/^=== (.*)\n/m);
      const programs: Program[] = [];
      for (let i = 0; i < parts.length; i += 2) {
        programs.push(...expand(basename(file, '.txt'), parts[i] ?? '', parts[i + 1] ?? ''));
      }
      return programs;
    });
}

function expand(group: string, header: string, body: string): Program[] {
  const [title = '', ...settings] = header.split(' | ');
  const setting = (name: string) =>
    settings.find((each) => each.startsWith(`${name}: `))?.slice(name.length + 2);
  const values = setting('each')?.split('; ') ?? [''];
  return values.map((value) => {
    const fill = (text: string) => text.replaceAll('$x', () => value);
    const lines = fill(body).trimEnd().split('\n');
    const isImport = (line: string) => line.startsWith('import ');
    const code = [
      "import OpenAI from 'openai';",
      "import { at, print } from '../harness.ts';",
      ...lines.filter(isImport),
      '',
      'export default async function program(): Promise<void> {',
      `  const client = new OpenAI({ adminAPIKey: 'sk-admin-x', baseURL: at('${fill(setting('at') ?? 'ok')}'), maxRetries: 1, logLevel: 'off' });`,
      '  const users = client.admin.organization.users;',
      '  void users;',
      ...lines.filter((line) => !isImport(line)).map((line) => `  ${line}`),
      '}',
      '',
    ].join('\n');
    return { name: `${group}: ${fill(title)}`, differs: setting('differs'), code };
  });
}
