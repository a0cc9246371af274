import { control } from '../api/control.ts';
import type { FaultRule } from '../api/types.ts';
import { refreshFaults } from '../session.ts';

/** @throws {ControlError} if the rule is invalid, with the reason */
export async function addRule(rule: FaultRule): Promise<void> {
  await control('POST', 'faults', rule);
  await refreshFaults();
}
