import { styleText } from 'node:util';
import { median, type Samples } from './measure.ts';

/** One figure: the result of each contender, and our goal. */
export interface Figure {
  name: string;
  unit: string;
  /** The median of each contender. */
  values: Record<string, number>;
  /** The contender that the ratios refer to. */
  against?: string;
  /** The goal of `@org/…` in words, and whether it was reached. */
  goal?: string;
  reached?: boolean;
  note?: string;
  /** The counts behind the values, by contender; only in the JSON. */
  details?: Record<string, string[]>;
}

/** Takes each figure as soon as it is measured. */
export type Tell = (figure: Figure) => void;

export function medians(samples: Samples): Record<string, number> {
  return Object.fromEntries(Object.entries(samples).map(([name, each]) => [name, median(each)]));
}

export function print(figure: Figure): void {
  const { name, unit, values, against, goal, reached, note } = figure;
  console.log(`\n${styleText('bold', name)}`);
  const base = against === undefined ? undefined : values[against];
  for (const [contender, value] of Object.entries(values)) {
    const ratio =
      base === undefined || contender === against
        ? ''
        : `${(value / base).toFixed(2)} × ${against}`;
    console.log(
      `  ${contender.padEnd(24)} ${format(value).padStart(12)} ${unit.padEnd(6)}  ${ratio}`,
    );
  }
  if (goal !== undefined) {
    const mark = reached ? styleText('green', '✓ reached') : styleText('red', '✗ not reached');
    console.log(`  to reach: ${goal}  ${mark}`);
  }
  if (note !== undefined) console.log(`  ${note}`);
}

function format(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 });
}
