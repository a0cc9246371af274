import { useEffect, useRef, useState } from 'preact/hooks';
import type { OperationInfo, Parameter } from '../api/types.ts';
import { draft } from '../json/draft.ts';
import { collections } from '../session.ts';
import { useStore } from '../store.ts';
import type { SendForm } from './send.ts';
import { suggestPath } from './suggest.ts';

export interface SendFormState {
  form: SendForm;
  setParameter(parameter: Parameter, value: string): void;
  setBody(body: string): void;
  /** Handles `focusout`. */
  leaveField(event: FocusEvent): void;
}

/**
 * What is written in the form of an operation. An example names an item that need not exist: the id of one that does
 * takes its place. A field that was edited, or that has the focus, is the reader's: a value that changed under the
 * cursor would be mixed with what is being typed.
 */
export function useSendForm(operation: OperationInfo): SendFormState {
  const [form, setForm] = useState<SendForm>(() => initialForm(operation));
  const edited = useRef(new Set<string>());
  const suggested = useRef<Record<string, string>>({});
  // Collections may be read after the operations. Their sizes change with every item, and do not matter here.
  const known = useStore(collections);
  const names = known.map(({ name }) => name).join();

  const suggest = (focus: EventTarget | null) => {
    const focused = focus instanceof HTMLInputElement ? focus.name : undefined;
    const open = Object.entries(suggested.current).filter(
      ([key]) => key !== focused && !edited.current.has(key),
    );
    if (open.length === 0) return;
    setForm((old) => ({ ...old, values: { ...old.values, ...Object.fromEntries(open) } }));
  };

  useEffect(() => {
    let isCurrent = true;
    const use = (path: Record<string, string>) => {
      if (!isCurrent) return;
      const pairs = Object.entries(path).map(([name, value]) => [`path ${name}`, value]);
      suggested.current = Object.fromEntries(pairs);
      suggest(document.activeElement);
    };
    // Without suggestions the examples stay.
    suggestPath(operation, known).then(use, () => {});
    return () => {
      isCurrent = false;
    };
  }, [operation, names]);

  return {
    form,
    setParameter(parameter, value) {
      const key = keyOf(parameter);
      edited.current.add(key);
      setForm((old) => ({ ...old, values: { ...old.values, [key]: value } }));
    },
    setBody: (body) => setForm((old) => ({ ...old, body })),
    leaveField: ({ relatedTarget }) => suggest(relatedTarget),
  };
}

/** Identifies a parameter in the form. */
export function keyOf({ in: place, name }: Parameter): string {
  return `${place} ${name}`;
}

/** The form with examples of what the operation requires. */
export function initialForm({ parameters, body, definitions }: OperationInfo): SendForm {
  const values = Object.fromEntries(
    parameters.flatMap((one) => {
      if (!one.required) return [];
      const value = one.example ?? draft(one.schema, definitions);
      const isText = ['string', 'number', 'boolean'].includes(typeof value);
      return isText ? [[keyOf(one), String(value)]] : [];
    }),
  );
  if (!body) return { values, body: '' };
  const value = body.example ?? draft(body.schema ?? undefined, definitions);
  return { values, body: JSON.stringify(value, undefined, 2) };
}
