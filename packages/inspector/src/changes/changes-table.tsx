import type { VNode } from 'preact';
import type { ChangedProperty } from '../api/types.ts';
import { hashOf } from '../route.ts';
import { formatNumber } from '../ui/format.ts';
import { type ChangeRow, type ChangeSection, mostRows } from './rows.ts';

const labels = { added: 'Added', changed: 'Changed', removed: 'Removed' };

/** The changes of a collection or a singleton. */
export function ChangesTable({ section: { name, rows } }: { section: ChangeSection }): VNode {
  const id = `changes-of-${name}`;
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{name}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section class="table-scroll" aria-label={`Changes of ${name}`} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Change</th>
              <th scope="col">Item</th>
              <th scope="col">Before and after</th>
              <th scope="col">Requests</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostRows).map((row) => (
              <Row key={`${row.kind} ${row.id}`} row={row} />
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > mostRows && (
        <p class="muted">
          {formatNumber(rows.length - mostRows)} more: see <code>org-mock changes</code>.
        </p>
      )}
    </section>
  );
}

function Row({ row: { kind, id, properties, below, item, requests } }: { row: ChangeRow }): VNode {
  return (
    <tr>
      <td>{labels[kind]}</td>
      <th scope="row" class="mono">
        {item ? <a href={hashOf('data', item.collection, item.parameters)}>{id}</a> : id}
      </th>
      <td class="mono wrap">
        {properties.map((property) => (
          <Property key={property.path} property={property} />
        ))}
        {below !== '' && <div>with {below}</div>}
      </td>
      <td class="mono">
        {requests.length === 0 && <span class="muted">none</span>}
        {requests.map((request) => (
          <div key={request}>
            <a href={hashOf('requests', request)}>{request}</a>
          </div>
        ))}
      </td>
    </tr>
  );
}

function Property({ property: { path, before, after } }: { property: ChangedProperty }): VNode {
  return (
    <div>
      {path}: {before === undefined ? '(none)' : <del>{JSON.stringify(before)}</del>}
      {' → '}
      {after === undefined ? '(none)' : <ins>{JSON.stringify(after)}</ins>}
    </div>
  );
}
