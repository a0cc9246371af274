import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { OperationInfo, Parameter } from '../api/types.ts';
import { clientCall } from '../copy-as/client-call.ts';
import { curl } from '../copy-as/curl.ts';
import { constraintsOf, typeOf } from '../json/describe.ts';
import { draft } from '../json/draft.ts';
import { basePath, collections, say } from '../session.ts';
import { useStore } from '../store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Field, SelectField, TextField } from '../ui/fields.tsx';
import { JSONEditor } from '../ui/json-editor.tsx';
import { Answer, type AnswerState, exchange } from './answer.tsx';
import { apiKey } from './api-key.ts';
import { isArray, type Prepared, prepare, type SendForm } from './send.ts';
import { suggestPath } from './suggest.ts';

/** A form for one request of the operation, and its answer. */
export function SendView({ operation }: { operation: OperationInfo }): VNode {
  const [form, setForm] = useState<SendForm>(() => initial(operation));
  const [answer, setAnswer] = useState<AnswerState>();
  const edited = useRef(new Set<string>());
  // An example names an item that need not exist; a suggestion takes its place, unless something was written there.
  useEffect(() => {
    const use = (path: Record<string, string>) =>
      setForm((old) => {
        const values = { ...old.values };
        for (const [name, value] of Object.entries(path)) {
          const key = `path ${name}`;
          if (!edited.current.has(key)) values[key] = value;
        }
        return { ...old, values };
      });
    suggestPath(operation, collections.value).then(use, () => {});
  }, [operation]);
  const prepared = () => prepare(operation, form, basePath());
  const send = async () => {
    const missing = operation.parameters.find(
      (one) => one.in === 'path' && !form.values[keyOf(one)],
    );
    if (missing) {
      say('error', `Fill in ${missing.name}: without it the path is another operation's.`);
      return;
    }
    setAnswer({ pending: true });
    setAnswer(await exchange(prepared(), form.body, apiKey.value));
  };
  const set = (parameter: Parameter, value: string) => {
    edited.current.add(keyOf(parameter));
    setForm({ ...form, values: { ...form.values, [keyOf(parameter)]: value } });
  };
  return (
    <section class="send" aria-labelledby="send-title">
      <h3 id="send-title">Send</h3>
      <form
        class="rule-form"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented)
            return;
          event.preventDefault();
          void send();
        }}
      >
        <fieldset>
          <legend class="hidden">Parameters</legend>
          {operation.parameters.map((parameter) => (
            <ParameterField
              key={keyOf(parameter)}
              parameter={parameter}
              value={form.values[keyOf(parameter)] ?? ''}
              onChange={(value) => set(parameter, value)}
            />
          ))}
          <KeyField />
        </fieldset>
        {operation.body && (
          <JSONEditor
            label="Request body"
            text={form.body}
            onChange={(body) => setForm({ ...form, body })}
            onSubmit={send}
          />
        )}
        <div class="actions">
          <button type="submit" class="primary">
            Send
          </button>
          <CopyButton text={() => curl(prepared(), location.origin)}>Copy as curl</CopyButton>
          <CopyButton text={() => clientCall(asRecorded(prepared()), operation)}>
            Copy as client call
          </CopyButton>
        </div>
      </form>
      <Answer state={answer} />
    </section>
  );
}

function keyOf({ in: place, name }: Parameter): string {
  return `${place} ${name}`;
}

function initial({ parameters, body }: OperationInfo): SendForm {
  const values = Object.fromEntries(
    parameters
      .filter((one) => one.required && typeof one.example === 'string')
      .map((one) => [keyOf(one), String(one.example)]),
  );
  if (!body) return { values, body: '' };
  return { values, body: JSON.stringify(body.example ?? draft(body.schema), undefined, 2) };
}

function asRecorded(prepared: Prepared) {
  const rest = { id: '', operation: null, status: 0, validations: [], time: 0, duration: 0 };
  return { ...rest, ...prepared };
}

function ParameterField({
  parameter,
  value,
  onChange,
}: {
  parameter: Parameter;
  value: string;
  onChange(value: string): void;
}): VNode {
  const { name, required, schema } = parameter;
  const label = <span class="mono">{name}</span>;
  const phrases = [
    typeOf(schema),
    ...constraintsOf(schema),
    required ? 'required' : '',
    isArray(schema) ? 'one a line' : '',
  ];
  const hint = phrases.filter(Boolean).join(' · ');
  if (schema?.enum || typeOf(schema) === 'boolean') {
    const values = schema?.enum?.map(String) ?? ['true', 'false'];
    const options: [string, string][] = [
      ['', 'Not sent'],
      ...values.map((one): [string, string] => [one, one]),
    ];
    return (
      <SelectField label={label} hint={hint} value={value} onChange={onChange} options={options} />
    );
  }
  if (isArray(schema)) {
    return (
      <Field label={label} hint={hint}>
        {(id, hintID) => (
          <textarea
            id={id}
            rows={2}
            aria-describedby={hintID}
            spellcheck={false}
            value={value}
            onInput={({ currentTarget }) => onChange(currentTarget.value)}
          />
        )}
      </Field>
    );
  }
  return <TextField label={label} hint={hint} value={value} onChange={onChange} />;
}

function KeyField(): VNode {
  const key = useStore(apiKey);
  return (
    <Field label="API key" hint="sent as Authorization; not stored, never copied">
      {(id, hintID) => (
        <input
          id={id}
          type="password"
          aria-describedby={hintID}
          autoComplete="off"
          value={key}
          onInput={({ currentTarget }) => apiKey.set(currentTarget.value)}
        />
      )}
    </Field>
  );
}
