import { SpecError } from './spec.ts';

/** Runs a command; what its user can mend is told in a sentence, without a stack. */
export async function reporting(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    const isUsage = typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS');
    if (!(error instanceof SpecError) && !isUsage) throw error;
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
