import ts from 'typescript';
import { programOf } from './program.ts';

/** "Excessive stack depth", "excessively deep and possibly infinite", "too complex to represent". */
const tooDeep = new Set([2321, 2589, 2590]);

/** Thrown if a file other than the one with the checks does not compile, or the checker gives up. */
class UncheckableError extends Error {
  override readonly name = 'UncheckableError';
}

/**
 * The first error of each line of `questions`, which may import `./before` and `./after`.
 *
 * @throws {UncheckableError} if the declarations themselves do not compile, or are too deep to compare.
 */
export function check(questions: string, before: string, after: string): Map<number, string> {
  const files = {
    '/questions.ts': questions,
    '/before.d.ts': before,
    '/after.d.ts': after,
  };
  const program = programOf(files, ['/questions.ts']);
  const broken = new Map<number, string>();
  for (const { code, file, start, messageText } of ts.getPreEmitDiagnostics(program)) {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n');
    // The checker gave up, which is no result.
    if (tooDeep.has(code)) throw new UncheckableError(text.split('\n')[0]);
    if (file?.fileName !== '/questions.ts' || start === undefined) {
      throw new UncheckableError(text.split('\n')[0]);
    }
    const { line } = file.getLineAndCharacterOfPosition(start);
    if (!broken.has(line)) broken.set(line, text);
  }
  return broken;
}
