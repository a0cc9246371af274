import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { KeyPlace, OperationInfo, Parameter } from '../api/types.ts';
import { clientCall } from '../copy-as/client-call.ts';
import { curl } from '../copy-as/curl.ts';
import { constraintsOf, typeOf } from '../json/describe.ts';
import { basePath, say } from '../session.ts';
import { useStore } from '../store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Field, SelectField, TextField } from '../ui/fields.tsx';
import { JSONEditor } from '../ui/json-editor.tsx';
import { Answer, type AnswerState, exchange } from './answer.tsx';
import { apiKey, placeOf } from './api-key.ts';
import { asRecorded, isArray, prepare } from './send.ts';
import { keyOf, useSendForm } from './use-send-form.ts';

/** A form for one request of the operation, and its answer. */
export function SendView({ operation }: { operation: OperationInfo }): VNode {
  const { form, setParameter, setBody, leaveField } = useSendForm(operation);
  const [answer, setAnswer] = useState<AnswerState>();
  const sent = useRef(0);
  // As it is sent: parsed, large numbers would lose digits.
  const writtenBody = operation.body && form.body !== '' ? { body: form.body } : {};
  const prepared = () => prepare(operation, form, basePath());
  const send = async () => {
    const missing = operation.parameters.find(
      (one) => one.in === 'path' && !form.values[keyOf(one)],
    );
    if (missing) {
      say('error', `Fill in ${missing.name}: the path requires it.`);
      return;
    }
    setAnswer({ pending: true });
    sent.current += 1;
    const turn = sent.current;
    const received = await exchange(prepared(), form.body, operation.keys, apiKey.value);
    // Ignore the response of an earlier request that took longer.
    if (turn === sent.current) setAnswer(received);
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
        <fieldset onFocusOut={leaveField}>
          <legend class="hidden">Parameters</legend>
          {operation.parameters.map((parameter) => (
            <ParameterField
              key={keyOf(parameter)}
              parameter={parameter}
              value={form.values[keyOf(parameter)] ?? ''}
              onChange={(value) => setParameter(parameter, value)}
            />
          ))}
          {operation.keys.length > 0 && <KeyField keys={operation.keys} />}
        </fieldset>
        {operation.body && (
          <JSONEditor label="Request body" text={form.body} onChange={setBody} onSubmit={send} />
        )}
        <div class="actions">
          <button type="submit" class="primary">
            Send
          </button>
          <CopyButton text={() => curl({ ...prepared(), ...writtenBody }, location.origin)}>
            Copy as curl
          </CopyButton>
          <CopyButton text={() => clientCall(asRecorded(prepared()), operation)}>
            Copy as client call
          </CopyButton>
        </div>
      </form>
      <Answer state={answer} />
    </section>
  );
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
  const key = keyOf(parameter);
  return <TextField name={key} label={label} hint={hint} value={value} onChange={onChange} />;
}

function KeyField({ keys }: { keys: readonly KeyPlace[] }): VNode {
  const key = useStore(apiKey);
  const places = keys.map(placeOf).join(' and ');
  return (
    <Field label="API key" hint={`sent ${places}; not stored, never copied`}>
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
