import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { control, controlURL, queryString } from '../api/control.ts';
import type { ChangeReport, Mark } from '../api/types.ts';
import { hashOf, route } from '../route.ts';
import { dataVersion, messageOf, run } from '../session.ts';
import { useStore } from '../store.ts';
import { plural } from '../ui/format.ts';
import { useLoad } from '../ui/use-load.ts';
import { ChangesTable } from './changes-table.tsx';
import { countRows, rowsOf } from './rows.ts';

/** The differences between the data and its initial state, or a mark. */
export function ChangesTab(): VNode {
  const since = useStore(route).parameters['since'];
  const version = useStore(dataVersion);
  const [marksSet, setMarksSet] = useState(0);
  const { value, error } = useLoad(() => load(since), [since, version, marksSet]);
  // While the report since another mark is read, that of the last one says nothing.
  const report = value?.report.since === (since ?? null) ? value?.report : undefined;
  const sections = report ? rowsOf(report) : [];
  const count = countRows(sections);
  return (
    <div class="page changes">
      <section aria-labelledby="changes-title">
        <div class="section-head">
          <h2 id="changes-title">Changes</h2>
          <p class="muted" role="status">
            {report && plural(count, 'change')}
          </p>
        </div>
        <div class="toolbar">
          <label class="inline-field">
            Since
            <select
              value={since ?? ''}
              onChange={({ currentTarget }) => {
                const name = currentTarget.value;
                location.hash = hashOf('changes', undefined, name === '' ? {} : { since: name });
              }}
            >
              <option value="">the start</option>
              {withCurrent(value?.marks ?? [], since).map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <MarkForm onSet={() => setMarksSet(marksSet + 1)} />
          <a class="button" href={controlURL('changes/script', { since })} download="changes.mjs">
            Save as a script
          </a>
        </div>
        {error !== undefined && <p role="alert">{messageOf(error)}</p>}
        {report && error === undefined && count === 0 && (
          <p class="muted rules-none">
            No request has changed the data. A write that leaves an item as it was is not a change.
          </p>
        )}
      </section>
      {error === undefined &&
        sections.map((section) => <ChangesTable key={section.name} section={section} />)}
    </div>
  );
}

async function load(since: string | undefined) {
  const [report, marks] = await Promise.all([
    control<ChangeReport>('GET', `changes${queryString({ since })}`),
    control<Mark[]>('GET', 'marks'),
  ]);
  return { report, marks };
}

/** The mark of the address is in the list, also if it is not set. */
function withCurrent(marks: readonly Mark[], since: string | undefined): string[] {
  const names = marks.map(({ name }) => name);
  return since === undefined || names.includes(since) ? names : [...names, since];
}

function MarkForm({ onSet }: { onSet(): void }): VNode {
  const [name, setName] = useState('');
  return (
    <form
      class="inline-field"
      onSubmit={async (event) => {
        event.preventDefault();
        const set = () => control('POST', 'marks', { name });
        if (!(await run(set, `Set the mark ${name}.`))) return;
        setName('');
        onSet();
      }}
    >
      <label class="inline-field">
        New mark
        <input
          value={name}
          required
          maxLength={64}
          autoComplete="off"
          spellcheck={false}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <button type="submit">Set mark</button>
    </form>
  );
}
