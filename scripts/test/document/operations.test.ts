import { isDeepStrictEqual } from 'node:util';
import APIClient, { APIError } from '@org/client';
import { readAuth } from '@org/codegen';
import { buildModel } from '@org/codegen/build-model';
import type { Operation } from '@org/codegen/model';
import { createMock } from '@org/mock';
import { describe, expect, test } from 'vitest';
import {
  argumentsOf,
  describesSuccess,
  idsFor,
  type Variant,
  variants,
} from '../../lib/call-arguments.ts';
import { keysFor, methodOf } from '../../lib/client-calls.ts';
import { readOwnSpec } from '../../lib/spec.ts';

// What holds whatever `spec/openapi.yaml` says. No operation is named here.
const { document: bundled } = await readOwnSpec({ lint: false });
const { model, document } = buildModel(bundled);
const { keys, options } = keysFor(readAuth(document).schemes, 'sk-any-document');

/** What the mock took a call for, and what was wrong with it or with its answer. */
async function outcomeOf(operation: Operation, variant: Variant) {
  const mock = createMock({ keys });
  const client = new APIClient({
    ...options,
    baseURL: `http://127.0.0.1${model.basePath}`,
    fetch: mock.fetch as typeof fetch,
    maxRetries: 0,
    logLevel: 'off',
  } as object);
  const ids = idsFor(document, model, operation, mock.data);
  const problems: unknown[] = [];
  try {
    await methodOf(client, operation.id)(...argumentsOf(document, operation, ids, variant));
  } catch (error) {
    if (!(error instanceof APIError) || describesSuccess(document, operation)) problems.push(error);
  }
  const [request] = mock.requests;
  // Warnings say what the document or the state lacks.
  const found = request?.validations.filter(({ severity }) => severity === 'error');
  return { operation: request?.operation, problems: [...problems, ...(found ?? [])] };
}

describe('every call of the client', () => {
  test.each(model.operations)('$id: the mock accepts it, and its answer is valid', async (each) => {
    const expected = { operation: each.id, problems: [] };
    const outcomes: unknown[] = [];
    // Schemas do not say all that values need: one of several calls has to be right.
    for (const variant of variants) {
      const outcome = await outcomeOf(each, variant);
      if (isDeepStrictEqual(outcome, expected)) return;
      outcomes.push(outcome);
    }
    expect(outcomes[0]).toEqual(expected);
  });
});
