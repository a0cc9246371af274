import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { messageOf, operations, say } from '../session.ts';
import { useStore } from '../store.ts';
import { Field, SelectField, TextField } from '../ui/fields.tsx';
import { addRule } from './add-rule.ts';
import { emptyForm, type RuleForm, ruleOf } from './rule.ts';

interface Properties {
  form: RuleForm;
  change(form: RuleForm): void;
}

/** A form for any rule. The mock checks it, and its answer is shown at the field that it is about. */
export function RuleFormView({ form, change }: Properties): VNode {
  const [error, setError] = useState<string>();
  const known = useStore(operations);
  const invalid = fieldOf(error);
  const bind = (name: keyof RuleForm) => ({
    value: form[name],
    onChange: (value: string) => change({ ...form, [name]: value }),
    invalid: invalid === name,
    errorID: 'rule-error',
  });
  const submit = async (event: Event) => {
    event.preventDefault();
    try {
      await addRule(ruleOf(form));
      setError(undefined);
      change(emptyForm);
      say('ok', 'The rule was added.');
    } catch (problem) {
      setError(messageOf(problem));
    }
  };
  const methods = [...new Set(known.map(({ method }) => method.toUpperCase()))];
  return (
    <form
      class="rule-form"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(event);
      }}
    >
      <fieldset>
        <legend>Effect</legend>
        <TextField label="Status" hint="400 to 599" inputMode="numeric" {...bind('status')} />
        <TextField label="Retry-After" hint="seconds" inputMode="decimal" {...bind('retryAfter')} />
        <TextField label="Delay" hint="milliseconds" inputMode="numeric" {...bind('delayFrom')} />
        <TextField
          label="Delay at most"
          hint="for a range"
          inputMode="numeric"
          {...bind('delayTo')}
        />
        <SelectField
          label="Connection"
          options={[
            ['', 'As usual'],
            ['reset', 'Reset before the response'],
            ['cut', 'Cut in the middle of the body'],
            ['stall', 'Stall in the middle of the body'],
          ]}
          {...bind('connection')}
        />
        <SelectField
          label="Body"
          options={[
            ['', 'As usual'],
            ['malformed', 'Half of the JSON'],
          ]}
          {...bind('body')}
        />
        <SelectField
          label="Cursor"
          options={[
            ['', 'As usual'],
            ['repeat', 'Repeat the cursor of the request'],
          ]}
          {...bind('cursor')}
        />
      </fieldset>
      <fieldset>
        <legend>How often</legend>
        <TextField label="Times" hint="empty: no limit" inputMode="numeric" {...bind('times')} />
        <TextField
          label="Duration"
          hint="milliseconds; empty: no limit"
          inputMode="numeric"
          {...bind('duration')}
        />
        <TextField label="Probability" hint="0 to 1" inputMode="decimal" {...bind('probability')} />
      </fieldset>
      <fieldset>
        <legend>Which requests</legend>
        <SelectField
          label="Operation"
          options={[['', 'Any'], ...known.map(({ id }): [string, string] => [id, id])]}
          {...bind('operation')}
        />
        <SelectField
          label="Method"
          options={[['', 'Any'], ...methods.map((name): [string, string] => [name, name])]}
          {...bind('method')}
        />
        <TextField label="Path" hint="without the base path" {...bind('path')} />
        <TextField label="Query" hint="name=value&…" {...bind('query')} />
        <Field label="Headers" hint="name: value, one a line">
          {(id) => (
            <textarea
              id={id}
              rows={2}
              spellcheck={false}
              value={form.headers}
              onInput={({ currentTarget }) => change({ ...form, headers: currentTarget.value })}
            />
          )}
        </Field>
      </fieldset>
      <p id="rule-error" class={error ? 'error' : 'hidden'} role="alert">
        {error}
      </p>
      <div class="actions">
        <button type="submit" class="primary">
          Add rule
        </button>
        <button
          type="button"
          onClick={() => {
            change(emptyForm);
            setError(undefined);
          }}
        >
          Empty the form
        </button>
      </div>
    </form>
  );
}

/** The field that a message of the mock begins with: `status must be …`. */
function fieldOf(error: string | undefined): string | undefined {
  const name = /^(?:match\.)?(\w+) must be/.exec(error ?? '')?.[1];
  return name === 'delay' ? 'delayFrom' : name;
}
