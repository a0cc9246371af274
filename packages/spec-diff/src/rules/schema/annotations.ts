import type { Verdict } from '../../change/change.ts';
import { canonical, canonicalAt, own, record } from '../../document/json.ts';
import type { Schema } from '../../document/schema.ts';
import type { SchemaRule } from './rule.ts';

/** References that depend on the reader's location are not followed: a different text is breaking. */
export const dynamicReferences: SchemaRule = {
  keywords: ['$dynamicRef', '$recursiveRef', '$recursiveAnchor'],
  *compare(before, after) {
    for (const keyword of this.keywords) {
      const [old, now] = [before, after].map((nodes) =>
        canonical(nodes.map((node) => node[keyword] ?? null).filter(Boolean)),
      );
      if (old !== now)
        yield { id: 'keyword-changed', verdict: 'breaking', args: { keyword }, at: [keyword] };
    }
  },
};

/** The value that a request gets if it leaves the value out. In a response, a default is documentation only. */
export const defaults: SchemaRule = {
  keywords: ['default'],
  *compare(before, after, { direction }) {
    const [then, current] = [before, after].map((nodes) =>
      nodes.find((node) => Object.hasOwn(node, 'default')),
    );
    const [old, now] = [then, current].map((node) => node && canonicalAt(node, 'default'));
    if (old === now) return;
    const id =
      old === undefined
        ? 'default-added'
        : now === undefined
          ? 'default-removed'
          : 'default-changed';
    const args = { ...(old !== undefined && { from: old }), ...(now !== undefined && { to: now }) };
    let verdict: Verdict = old === undefined ? 'addition' : 'breaking';
    if (direction === 'response') verdict = 'none';
    yield { id, verdict, args, at: ['default'], owner: current ?? then };
  },
};

/**
 * Which property tells the members of a union apart, and which value stands for which member. A union of unions may have
 * several such properties.
 */
export const discriminators: SchemaRule = {
  keywords: ['discriminator'],
  *compare(before, after, { direction }) {
    const [old, now] = [read(before), read(after)];
    const at = ['discriminator'];
    const isResponse = direction === 'response';
    const gone = [...old].filter(([name]) => !now.has(name));
    const come = [...now].filter(([name]) => !old.has(name));
    for (const [from, { owner }] of gone) {
      const [to, current] = come.shift() ?? [];
      if (to !== undefined && current) {
        const args = { from, to };
        yield {
          id: 'discriminator-property-changed',
          verdict: 'breaking',
          args,
          at,
          owner: current.owner,
        };
      } else {
        // The values of the property are no longer promised; requests are unaffected.
        const verdict = isResponse ? 'breaking' : 'none';
        yield { id: 'discriminator-removed', verdict, args: { property: from }, at, owner };
      }
    }
    for (const [property, { owner }] of come) {
      const verdict = isResponse ? 'addition' : 'none';
      yield { id: 'discriminator-added', verdict, args: { property }, at, owner };
    }
    for (const [property, { targets, owner }] of now) {
      const known = old.get(property);
      if (!known) continue;
      for (const [value, from] of known.targets) {
        const to = targets.get(value);
        if (to === from) continue;
        if (to !== undefined) {
          const args = { value, from, to };
          yield { id: 'discriminator-value-changed', verdict: 'breaking', args, at, owner };
          continue;
        }
        const verdict = isResponse ? 'addition' : 'breaking';
        const args = { value, target: from };
        yield { id: 'discriminator-value-removed', verdict, args, at, owner };
      }
      for (const [value, target] of targets) {
        if (known.targets.has(value)) continue;
        const verdict = isResponse ? 'breaking' : 'addition';
        yield { id: 'discriminator-value-added', verdict, args: { value, target }, at, owner };
      }
    }
  },
};

interface Discriminator {
  /** Value → name of the schema. */
  targets: Map<string, string>;
  owner: Schema;
}

function read(nodes: readonly Schema[]): Map<string, Discriminator> {
  const all = new Map<string, Discriminator>();
  for (const node of nodes) {
    const property = own(node['discriminator'], 'propertyName');
    if (typeof property !== 'string') continue;
    const known = all.get(property) ?? { targets: new Map(), owner: node };
    for (const [value, target] of mapping(node)) known.targets.set(value, target);
    all.set(property, known);
  }
  return all;
}

/** The names of the members, replaced by those in `mapping`. */
function mapping(node: Schema): Map<string, string> {
  const explicit = Object.entries(record(record(node['discriminator'])['mapping'])).map(
    ([value, target]) => [value, String(target).split('/').at(-1) ?? ''] as const,
  );
  const named = new Set(explicit.map(([, target]) => target));
  const members = [node['oneOf'], node['anyOf']]
    .flat()
    .flatMap((member) => own(member, '$ref') ?? [])
    .map((reference) => String(reference).split('/').at(-1) ?? '')
    .filter((name) => !named.has(name));
  return new Map([...members.map((name) => [name, name] as const), ...explicit]);
}
