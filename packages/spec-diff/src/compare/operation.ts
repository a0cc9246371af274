import { type Direction, opposite } from '../change/change.ts';
import { identity, type Json, namesOf, record } from '../document/json.ts';
import { type Operation, operationsOf } from '../document/operations.ts';
import { methods } from '../document/spec.ts';
import { unknownFields } from '../rules/api/fields.ts';
import { names, pairOperations } from '../rules/api/operations.ts';
import { servers } from '../rules/api/servers.ts';
import { words } from '../rules/words.ts';
import type { Context, Results } from './context.ts';
import type { Question } from './graph.ts';
import { compareParameters } from './parameters.ts';
import { compareRequestBody } from './request-body.ts';
import { compareResponses } from './responses.ts';
import { compareSecurity } from './security.ts';

export function* compareOperation(
  context: Context,
  before: Operation,
  after: Operation,
  direction: Direction,
  kind: 'path' | 'callback' = 'path',
): Results {
  const { before: oldSpec, after: newSpec } = context.specs;
  const isMoved = context.addressOf('before', before) !== context.addressOf('after', after);
  yield* names(before, after, isMoved, kind === 'callback');
  yield* words(before.node, after.node);
  yield* unknownFields(before.node, after.node, operationFields);
  for (const found of unknownFields(before.pathItem, after.pathItem, pathItemFields)) {
    const owner = found.at?.some((field) => Object.hasOwn(after.pathItem, field))
      ? after.pathItem
      : before.pathItem;
    // OpenAPI gives no meaning to a field of operations that stands beside them.
    const isMisplaced = found.at?.some((field) => operationFields.includes(field));
    yield { ...found, below: ['path'], owner, ...(isMisplaced && { verdict: 'none' }) };
  }
  if (before.servers !== undefined || after.servers !== undefined) {
    const [old, now] = [
      before.servers ?? oldSpec.document['servers'],
      after.servers ?? newSpec.document['servers'],
    ];
    for (const found of servers(old, now)) yield { ...found, below: ['servers'] };
  }
  if (direction === 'request') yield* compareSecurity(context, before.node, after.node);
  yield* compareParameters(context, before, after, direction);
  yield* compareRequestBody(
    context,
    before.node['requestBody'],
    after.node['requestBody'],
    direction,
  );
  yield* compareResponses(
    context,
    record(before.node['responses']),
    record(after.node['responses']),
    opposite(direction),
  );
  yield* compareCallbacks(
    context,
    record(before.node['callbacks']),
    record(after.node['callbacks']),
    direction,
  );
}

/** Requests that the API sends: the directions are swapped. */
function* compareCallbacks(
  context: Context,
  before: Json,
  after: Json,
  direction: Direction,
): Results {
  for (const name of namesOf(before, after)) {
    const below = ['callback', name];
    const [old, now] = context.resolve(before[name], after[name]);
    if (!old && !now) continue;
    if (!now) yield { id: 'callback-removed', verdict: 'breaking', below };
    else if (!old) yield { id: 'callback-added', verdict: 'addition', below };
    else {
      const { pairs, removed, added } = pairOperations(
        operationsOf(context.specs.before, old),
        operationsOf(context.specs.after, now),
      );
      for (const { name: gone } of removed)
        yield { id: 'callback-removed', verdict: 'breaking', below: [...below, gone] };
      for (const { name: come } of added)
        yield { id: 'callback-added', verdict: 'addition', below: [...below, come] };
      for (const [then, current] of pairs) {
        const flipped = opposite(direction);
        const key = `callback ${identity(then.node)} ${identity(current.node)}`;
        const ask: Question = {
          key,
          before: then.node,
          after: current.node,
          direction: flipped,
          compare: () => compareOperation(context, then, current, flipped, 'callback'),
        };
        yield { below: [...below, then.name], ask };
      }
    }
  }
}

const operationFields = [
  'operationId',
  'parameters',
  'requestBody',
  'responses',
  'callbacks',
  'security',
  'servers',
];
const pathItemFields = ['$ref', 'parameters', 'servers', ...methods];
