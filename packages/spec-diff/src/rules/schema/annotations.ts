import type { Verdict } from '../../change/change.ts';
import { canonical, own, record } from '../../document/json.ts';
import type { Schema } from '../../document/schema.ts';
import { wordKeywords } from '../words.ts';
import type { SchemaRule } from './rule.ts';

/** Keywords for people alone; {@link words} compares them, wherever they stand. */
export const schemaWords: SchemaRule = {
  keywords: [...wordKeywords, 'deprecated'],
  level: 'structure',
};

/** What names a schema, or holds others until a reference leads to them, says nothing of values. */
export const containers: SchemaRule = {
  keywords: [
    '$defs',
    'definitions',
    '$id',
    'id',
    '$schema',
    '$anchor',
    '$dynamicAnchor',
    '$vocabulary',
  ],
  level: 'structure',
};

/** What the walker reads when it takes a schema apart. */
export const structure: SchemaRule = {
  keywords: ['$ref', 'allOf', 'anyOf', 'oneOf', 'nullable'],
  level: 'structure',
};

/** References that depend on where they are read from are not followed: the same text, or breaking. */
export const dynamicReferences: SchemaRule = {
  keywords: ['$dynamicRef', '$recursiveRef', '$recursiveAnchor'],
  level: 'annotation',
  *compare(before, after) {
    for (const keyword of this.keywords) {
      const [old, now] = [before, after].map((nodes) =>
        canonical(nodes.map((node) => node[keyword] ?? null).filter(Boolean)),
      );
      if (old !== now)
        yield { verdict: 'breaking', message: `The \`${keyword}\` changed.`, at: [keyword] };
    }
  },
};

/** What a request gets that leaves the value out. In a response, a default is only words. */
export const defaults: SchemaRule = {
  keywords: ['default'],
  level: 'annotation',
  *compare(before, after, { direction }) {
    const [then, current] = [before, after].map((nodes) =>
      nodes.find((node) => Object.hasOwn(node, 'default')),
    );
    const [old, now] = [then, current].map((node) => node && canonical(node['default']));
    if (old === now) return;
    const message =
      old === undefined
        ? `The default is now stated: ${now}.`
        : now === undefined
          ? `The default of ${old} was removed.`
          : `The default changed from ${old} to ${now}.`;
    let verdict: Verdict = old === undefined ? 'addition' : 'breaking';
    if (direction === 'response') verdict = 'none';
    yield { verdict, message, at: ['default'], owner: current ?? then };
  },
};

/** Which property tells the members of a union apart, and which value stands for which member. */
export const discriminators: SchemaRule = {
  keywords: ['discriminator'],
  level: 'annotation',
  *compare(before, after, { direction }) {
    const [then, current] = [before, after].map((nodes) =>
      nodes.find((node) => typeof own(node['discriminator'], 'propertyName') === 'string'),
    );
    if (!then && !current) return;
    const at = ['discriminator'];
    const owner = current ?? then;
    if (!current) {
      // The values of the property are promised no more; what may be sent is the same.
      const verdict = direction === 'response' ? 'breaking' : 'none';
      yield { verdict, message: 'The discriminator was removed.', at, owner };
      return;
    }
    if (!then) {
      const verdict = direction === 'response' ? 'addition' : 'none';
      yield { verdict, message: 'There is now a discriminator.', at, owner };
      return;
    }
    const [old, now] = [record(then['discriminator']), record(current['discriminator'])];
    if (old['propertyName'] !== now['propertyName']) {
      const message = `The discriminator changed from \`${old['propertyName']}\` to \`${now['propertyName']}\`.`;
      yield { verdict: 'breaking', message, at, owner };
    }
    const [targets, others] = [mapping(then), mapping(current)];
    for (const [value, target] of targets) {
      const other = others.get(value);
      if (other === target) continue;
      // A member that went along with its value is reported as what the union lost.
      const message = other
        ? `The discriminator's \`${value}\` now stands for ${other} instead of ${target}.`
        : `The discriminator's \`${value}\` was removed.`;
      const verdict = other || direction === 'request' ? 'breaking' : 'addition';
      yield { verdict, message, at, owner };
    }
    for (const [value, target] of others) {
      if (targets.has(value)) continue;
      const verdict = direction === 'request' ? 'addition' : 'breaking';
      yield {
        verdict,
        message: `The discriminator's \`${value}\` now stands for ${target}.`,
        at,
        owner,
      };
    }
  },
};

/** Value → name of the schema: the names of the members, and what `mapping` says in place of them. */
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
