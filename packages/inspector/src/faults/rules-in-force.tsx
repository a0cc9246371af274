import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { control } from '../api/control.ts';
import type { ActiveFault, FaultRule } from '../api/types.ts';
import { faults, refreshFaults, run } from '../session.ts';
import { useStore } from '../store.ts';
import { formatNumber } from '../ui/format.ts';
import { describeMatch, describeRule } from './rule.ts';

/** The rules, in the order in which they are tried. */
export function RulesInForce({ edit }: { edit(rule: FaultRule): void }): VNode {
  const rules = useStore(faults);
  const removeAll = async () => {
    await control('DELETE', 'faults');
    await refreshFaults();
  };
  return (
    <section aria-labelledby="rules-title" class="rules">
      <div class="section-head">
        <h2 id="rules-title">Active rules</h2>
        <button
          type="button"
          disabled={rules.length === 0}
          onClick={() => run(removeAll, 'All rules were removed.')}
        >
          Remove all
        </button>
      </div>
      {rules.length === 0 ? (
        <p class="muted rules-none">
          No faults are active. Add a preset, or describe your own rule.
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        <section class="table-scroll" aria-label="Rules, scrollable" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Rule</th>
                <th scope="col">Effect</th>
                <th scope="col">Applies to</th>
                <th scope="col" class="number">
                  Hits
                </th>
                <th scope="col" class="number">
                  Left
                </th>
                <th scope="col">
                  <span class="hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rules.map((fault) => (
                <RuleRow key={fault.id} fault={fault} edit={edit} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

function RuleRow({ fault, edit }: { fault: ActiveFault; edit(rule: FaultRule): void }): VNode {
  const { id, rule, left, hits } = fault;
  const remove = async () => {
    await control('DELETE', `faults/${encodeURIComponent(id)}`);
    await refreshFaults();
  };
  return (
    <tr class={left === 0 ? 'spent' : undefined}>
      <th scope="row" class="mono">
        {id}
      </th>
      <td>{describeRule(rule)}</td>
      <td class="mono wrap">{describeMatch(rule)}</td>
      <td class="number">{formatNumber(hits)}</td>
      <td class="number">
        <Left fault={fault} />
      </td>
      <td class="row-actions">
        <button
          type="button"
          class="plain"
          aria-label={`Copy ${id} into the form`}
          onClick={() => edit(rule)}
        >
          Copy
        </button>
        <button
          type="button"
          class="plain"
          aria-label={`Remove ${id}`}
          onClick={() => run(remove, `Removed ${id}.`)}
        >
          Remove
        </button>
      </td>
    </tr>
  );
}

/** The remaining requests, the remaining time, or both. */
function Left({ fault: { left, until } }: { fault: ActiveFault }): VNode {
  const seconds = useSecondsUntil(left === 0 ? undefined : until);
  const parts = [
    left !== null && formatNumber(left),
    seconds !== undefined && `${formatNumber(seconds)} s`,
  ];
  return <>{parts.filter(Boolean).join(' · ') || '∞'}</>;
}

/** Whole seconds until then, counted down. */
function useSecondsUntil(until: number | undefined): number | undefined {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (until === undefined) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [until]);
  return until === undefined ? undefined : Math.max(0, Math.ceil((until - now) / 1000));
}
