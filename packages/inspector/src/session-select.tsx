import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { control, session } from './api/control.ts';
import type { SessionInfo } from './api/types.ts';
import { useLoad } from './ui/use-load.ts';

/** Chooses the session that the page is about. It is there as soon as a request has named one. */
export function SessionSelect(): VNode | null {
  const [looked, setLooked] = useState(0);
  const { value = [] } = useLoad(() => control<SessionInfo[]>('GET', 'sessions'), [looked]);
  const names = new Set([...(session === undefined ? [] : [session]), ...value.map(nameOf)]);
  if (names.size === 0) return null;
  return (
    <label class="inline-field">
      Session
      <select
        value={session ?? ''}
        onFocus={() => setLooked(looked + 1)}
        onChange={({ currentTarget: { value: name } }) => {
          const query = new URLSearchParams(name === '' ? {} : { session: name });
          location.search = query.toString();
        }}
      >
        <option value="">none</option>
        {[...names].map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function nameOf({ name }: SessionInfo): string {
  return name;
}
