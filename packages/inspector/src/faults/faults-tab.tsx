import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { FaultRule } from '../api/types.ts';
import { run } from '../session.ts';
import { addRule } from './add-rule.ts';
import { type Preset, presets } from './presets.ts';
import { emptyForm, formOf, type RuleForm } from './rule.ts';
import { RuleFormView } from './rule-form.tsx';
import { RulesInForce } from './rules-in-force.tsx';

export function FaultsTab(): VNode {
  const [form, setForm] = useState<RuleForm>(emptyForm);
  const formSection = useRef<HTMLElement>(null);
  const edit = (rule: FaultRule) => {
    setForm(formOf(rule));
    formSection.current?.querySelector<HTMLElement>('input, select')?.focus();
  };
  return (
    <div class="page faults">
      <RulesInForce edit={edit} />
      <section aria-labelledby="presets-title">
        <h2 id="presets-title">Presets</h2>
        <ul class="cards">
          {presets.map((preset) => (
            <PresetCard key={preset.name} preset={preset} edit={edit} />
          ))}
        </ul>
      </section>
      <section ref={formSection} aria-labelledby="form-title">
        <h2 id="form-title">Any rule</h2>
        <RuleFormView form={form} change={setForm} />
      </section>
    </div>
  );
}

function PresetCard({ preset, edit }: { preset: Preset; edit(rule: FaultRule): void }): VNode {
  const { name, effect, rule } = preset;
  return (
    <li class="card">
      <h3>{name}</h3>
      <p>{effect}</p>
      <div class="actions">
        <button
          type="button"
          aria-label={`Add: ${name}`}
          onClick={() => run(() => addRule(rule), `${name}: added.`)}
        >
          Add
        </button>
        <button
          type="button"
          class="plain"
          aria-label={`Edit first: ${name}`}
          onClick={() => edit(rule)}
        >
          Edit first
        </button>
      </div>
    </li>
  );
}
