import {
  type Direction,
  type Finding,
  narrower,
  type Verdict,
  wider,
} from '../../change/change.ts';
import { own, record } from '../../document/json.ts';
import type { Schema, Schemas } from '../../document/schema.ts';
import { requiredIn } from './dependents.ts';
import { isNothing, ofEveryName, openness, otherProperties } from './objects.ts';
import type { RuleContext, SchemaRule } from './rule.ts';

/** Who never writes a property that has this keyword: it does not count in the other direction. */
const unseen: Record<Direction, string> = { request: 'readOnly', response: 'writeOnly' };

/** Properties that came, went, or became required or optional. */
export const properties: SchemaRule = {
  keywords: ['properties', 'required'],
  *compare(before, after, context) {
    const [old, now] = [read('before', before, context), read('after', after, context)];
    for (const name of new Set([...old.keys(), ...now.keys()])) {
      const hidden = [
        hiddenBy(name, 'before', before, context),
        hiddenBy(name, 'after', after, context),
      ];
      // A map describes the properties that it does not name.
      const then = old.get(name) ?? (hidden[0] ? undefined : inMap(before, now.get(name)));
      const current = now.get(name) ?? (hidden[1] ? undefined : inMap(after, old.get(name)));
      if (isForbidden(then) || isForbidden(current)) {
        yield* forbidden(name, then, current, before, after, context);
      } else if (then && current) {
        yield* presence(name, then, current, context);
        const isOnce = [then, current].every(({ schemas }) => schemas.length === 1);
        const child = { below: [name], before: then.schemas, after: current.schemas };
        yield isOnce && then.owner && current.owner
          ? { ...child, owners: [then.owner, current.owner] }
          : child;
      } else if (then) {
        yield {
          ...removed(name, then, context),
          ...(hidden[1] && { args: { keyword: hidden[1] } }),
        };
      } else if (current) {
        yield {
          ...added(name, current, context),
          ...(hidden[0] && { args: { keyword: hidden[0] } }),
        };
      }
    }
  },
};

interface Property {
  schemas: Schemas;
  required: boolean;
  /** Whether `properties` names it, or only `required`. */
  described: boolean;
  owner: Schema | undefined;
}

function read(
  side: 'before' | 'after',
  nodes: readonly Schema[],
  { direction, nodesOf }: RuleContext,
): Map<string, Property> {
  const required = requiredIn(nodes);
  const described = new Map<string, { schemas: unknown[]; owner: Schema }>();
  for (const node of nodes) {
    for (const [name, schema] of Object.entries(record(node['properties']))) {
      const known = described.get(name);
      if (known) known.schemas.push(schema);
      else described.set(name, { schemas: [schema], owner: node });
    }
  }
  const always = nodes.flatMap(ofEveryName);
  const all = new Map<string, Property>();
  for (const [name, { schemas: given, owner }] of described) {
    const schemas = [...given, ...always];
    if (nodesOf(side, schemas).some((node) => node[unseen[direction]] === true)) continue;
    all.set(name, { schemas, required: required.has(name), described: true, owner });
  }
  for (const [name, owner] of required) {
    if (!described.has(name)) {
      all.set(name, { schemas: [true], required: true, described: false, owner });
    }
  }
  return all;
}

/** Whether no object has the property, because its schema allows nothing. */
function isForbidden(property: Property | undefined): boolean {
  return property !== undefined && !property.required && property.schemas.some(isNothing);
}

/** A property that one side forbids: the other one has it, or allows it without naming it. */
function* forbidden(
  name: string,
  then: Property | undefined,
  current: Property | undefined,
  before: readonly Schema[],
  after: readonly Schema[],
  context: RuleContext,
): Generator<Finding> {
  const { direction } = context;
  if (then && current) {
    if (!isForbidden(then)) yield removed(name, then, context);
    else if (!isForbidden(current)) yield added(name, current, context);
    return;
  }
  if (openness(otherProperties(then ? after : before)) === 0) return;
  const place = { below: [name], owner: (then ?? current)?.owner };
  yield then
    ? { id: 'other-properties-allowed', verdict: 'addition', ...place }
    : { id: 'other-properties-limited', verdict: narrower(direction), ...place };
}

/** The property of a map that the other side names. */
function inMap(nodes: readonly Schema[], other: Property | undefined): Property | undefined {
  const schemas = otherProperties(nodes);
  return other?.described && openness(schemas) === 1
    ? { schemas, required: false, described: true, owner: other.owner }
    : undefined;
}

/** The keyword by which a side has a property in one direction only, for the sentence. */
function hiddenBy(
  name: string,
  side: 'before' | 'after',
  nodes: readonly Schema[],
  { direction, nodesOf }: RuleContext,
): string | undefined {
  const keyword = unseen[direction];
  const schemas = nodes.flatMap((node) => own(node['properties'], name) ?? []);
  return nodesOf(side, schemas).some((node) => node[keyword] === true) ? keyword : undefined;
}

const ids = {
  request: { required: 'property-now-required', optional: 'property-now-optional' },
  response: { required: 'property-now-present', optional: 'property-may-be-missing' },
} as const;

function* presence(
  name: string,
  before: Property,
  after: Property,
  { direction }: RuleContext,
): Generator<Finding> {
  if (before.required === after.required) return;
  const id = ids[direction][after.required ? 'required' : 'optional'];
  const verdict = after.required ? narrower(direction) : wider(direction);
  yield { id, verdict, below: [name], at: ['properties', name], owner: after.owner };
}

/** A request's property has no effect any more, and a response's property is missing. */
function removed(name: string, before: Property, { direction }: RuleContext): Finding {
  const at = { below: [name], owner: before.owner };
  return before.described
    ? { id: 'property-removed', verdict: 'breaking', ...at }
    : { id: ids[direction].optional, verdict: wider(direction), ...at };
}

/** A property that is new in a response is one more promise. A request that has to have it is another request. */
function added(name: string, after: Property, { direction }: RuleContext): Finding {
  const isDemand = direction === 'request' && after.required;
  const id = !after.described
    ? ids[direction].required
    : after.required
      ? 'required-property-added'
      : 'property-added';
  const verdict: Verdict = isDemand ? 'breaking' : 'addition';
  return { id, verdict, below: [name], at: ['properties', name], owner: after.owner };
}
