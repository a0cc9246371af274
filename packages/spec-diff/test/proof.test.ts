import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isProvable } from '../src/change/change.ts';
import type { Proof } from '../src/change/proof.ts';
import { diff } from '../src/diff.ts';
import type { Document } from '../src/document/spec.ts';
import { formatJSON } from '../src/report/json.ts';
import { formatMarkdown } from '../src/report/markdown.ts';
import { proofRows } from './cases/proofs.ts';
import { compilerFor } from './support/client-compiler.ts';
import { property, thingsAPI } from './support/client-documents.ts';
import { near } from './support/schema-pairs.ts';

/** The last line of a program, which is what a reader looks at. */
const lastLine = (proof: Proof | undefined) =>
  proof && 'program' in proof ? proof.program.split('\n').at(-1) : proof;

/** Compiles every program of a comparison with the clients that are generated from both documents. */
async function provenBy(before: Document, after: Document) {
  const { changes, notes } = await diff(before, after, { proofs: true });
  const [old, now] = [await compilerFor(before), await compilerFor(after)];
  for (const { proof } of changes) {
    if (!proof || 'none' in proof) continue;
    const { program } = proof;
    expect([program, old(program)]).toEqual([program, []]);
    const code = /^TS\d+/.exec(proof.after)?.[0];
    const errors = now(program).map((error) => error.split(':')[0]);
    // Without an error of the compiler, only the server notices the change.
    if (code === undefined) expect([program, errors]).toEqual([program, []]);
    else expect(errors).toContain(code);
  }
  return { changes, notes };
}

describe('the generated client of the old document compiles the program, and the new one does not', () => {
  for (const [name, before, after, id, expected] of proofRows) {
    test(name, async () => {
      const { changes, notes } = await provenBy(before, after);
      expect(notes).toEqual([]);
      const found = changes.find((change) => change.id === id && isProvable(change));
      expect(lastLine(found?.proof)).toEqual(expected);
    });
  }

  test('random schemas in requests and responses', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(near, async ({ A, B, before, after }) => {
        const [old, now] = [before, after].map((schema) =>
          thingsAPI({ thing: property('p', schema), body: { p: schema }, schemas: { A, B } }),
        ) as [Document, Document];
        await provenBy(old, now);
      }),
      { numRuns: 8, seed: 20 },
    );
  });
});

describe('proofs', () => {
  const before = thingsAPI({ thing: property('first`````name', { type: 'string' }) });
  const after = thingsAPI({ thing: property('name', { type: 'string' }) });

  test('are made only if they are asked for, and only for breaking changes of methods', async () => {
    const { changes } = await diff(before, after);
    expect(changes.filter(({ proof }) => proof)).toEqual([]);
    const { changes: proven } = await diff(before, after, { proofs: true });
    expect(proven.map((change) => change.proof !== undefined)).toEqual(proven.map(isProvable));
    expect(proven.map(({ proof: _, ...change }) => change)).toEqual(changes);
  });

  test('are part of the JSON report', async () => {
    const [first] = JSON.parse(formatJSON(await diff(before, after, { proofs: true })));
    expect(first.proof).toEqual({
      program:
        "const result = await client.things.retrieve('thing_id');\nconsole.log(result['first`````name']);",
      before: 'Compiles.',
      after: expect.stringMatching(/^TS7053: /),
    });
  });

  test('name the resource that lost a method', async () => {
    const removed = structuredClone(before) as { paths: Record<string, object> };
    delete removed.paths['/things/{thing_id}'];
    const { changes } = await diff(before, removed, { proofs: true });
    const method = changes.find(({ id }) => id === 'method-removed');
    expect(method?.proof).toMatchObject({
      after: "TS2339: Property 'retrieve' does not exist on type 'Things'.",
    });
  });

  test('are collapsed in Markdown, in a fence that they cannot end', async () => {
    const report = await diff(before, after, { proofs: true });
    const markdown = formatMarkdown(report, { since: 'v1', bump: 'major' });
    expect(markdown).toContain('<details><summary>Programs that break</summary>');
    expect(markdown).toContain(
      "``````ts\nconst result = await client.things.retrieve('thing_id');",
    );
  });

  test('leave room for the other tables, and are counted if they do not fit', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `name_${i}`);
    const thing = (required: string[]) => ({
      ...{ type: 'object', required },
      properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    });
    const [old, now] = [thingsAPI({ thing: thing(names) }), thingsAPI({ thing: thing([]) })];
    const report = await diff(old, now, { proofs: true });
    const markdown = formatMarkdown(report, { since: 'v1', bump: 'major', limit: 9000 });
    expect(markdown.length).toBeLessThan(9000);
    expect(markdown).toMatch(/\d+ more left out: run `pnpm spec:diff --format json`\./);
  });

  test('say why there is none if a document cannot be mapped to a client', async () => {
    const removed = { ...after, paths: { '/things': { get: { responses: {} } } } };
    const { changes } = await diff(before, removed, { proofs: true });
    const proofs = changes.flatMap(({ proof }) => proof ?? []);
    expect(proofs).not.toEqual([]);
    expect(new Set(proofs.map((proof) => JSON.stringify(proof)))).toEqual(
      new Set(['{"none":"The new document cannot be mapped to a client."}']),
    );
  });
});
