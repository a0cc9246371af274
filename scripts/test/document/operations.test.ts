import APIClient, { APIError } from '@org/client';
import { readAuth } from '@org/codegen';
import { buildModel } from '@org/codegen/build-model';
import { createMock } from '@org/mock';
import { describe, expect, test } from 'vitest';
import { argumentsOf, describesSuccess, idsFor } from '../../lib/call-arguments.ts';
import { keysFor, methodOf } from '../../lib/client-calls.ts';
import { readOwnSpec } from '../../lib/spec.ts';

// What holds whatever `spec/openapi.yaml` says. No operation is named here.
const { document: bundled } = await readOwnSpec({ lint: false });
const { model, document } = buildModel(bundled);
const { keys, options } = keysFor(readAuth(document).schemes, 'sk-any-document');

describe('every call of the client', () => {
  test.each(model.operations)('$id: the mock accepts it, and its answer is valid', async (each) => {
    const mock = createMock({ keys });
    const client = new APIClient({
      ...options,
      baseURL: `http://127.0.0.1${model.basePath}`,
      fetch: mock.fetch as typeof fetch,
      maxRetries: 0,
      logLevel: 'off',
    } as object);
    await methodOf(
      client,
      each.id,
    )(...argumentsOf(document, each, idsFor(document, model, each, mock.data))).catch((error) => {
      if (!(error instanceof APIError) || describesSuccess(document, each)) throw error;
    });
    const [request] = mock.requests;
    expect(request?.operation).toBe(each.id);
    // A warning says that the document describes failures alone.
    const isComplete = describesSuccess(document, each);
    const found = request?.validations.filter((one) => isComplete || one.severity === 'error');
    expect(found).toEqual([]);
  });
});
