import { expect, test } from 'vitest';
import { recordAndReplay } from '../record/by-command.ts';
import { programs } from '../record/programs.ts';

test('every bug is recorded as a test that fails with it, and passes without it', async () => {
  expect(programs.length).toBeGreaterThanOrEqual(20);
  await recordAndReplay(programs);
  // Starts a thousand processes.
}, 600_000);
