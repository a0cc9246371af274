// pnpm demo [--inspect]: the mock starts, and the client lists, updates and deletes what the document has a list of.
import { once } from 'node:events';
import { styleText } from 'node:util';
import APIClient, { APIError } from '@org/client';
import { valueIn } from '@org/codegen/item-id';
import { type MockServer, startMock } from '@org/mock';
import { runCommand } from '../lib/cli.ts';
import { keysFor, methodOf } from '../lib/client-calls.ts';
import { demonstrate, type Subject } from '../lib/demo-subject.ts';
import { readOwnSpec } from '../lib/spec.ts';
import { cutLine } from '../lib/terminal.ts';

const itemCount = 320;

/** Properties that say most about an item, if it has them. */
const telling = ['name', 'title', 'label', 'email', 'role', 'type', 'status'];

await runCommand({
  name: 'demo',
  summary: 'Starts the mock, and lists, updates and deletes its items with the client.',
  flags: {
    inspect: {
      type: 'boolean',
      description: 'Keep the mock running, with some traffic, for its inspector',
    },
  },
  async run({ inspect }) {
    const { document } = await readOwnSpec({ lint: false });
    const { subject, schemes, operations, reads } = demonstrate(document);
    const { keys, options } = keysFor(schemes, 'sk-admin-demo');
    const name = subject?.collection.name ?? '';
    const started = performance.now();
    const mock = await startMock({
      data: subject ? { [name]: itemCount } : {},
      seed: 1,
      keys,
    });
    try {
      const amount = subject ? ` (${itemCount} ${name})` : '';
      console.log(`Mock listening on ${mock.url}${amount}`);
      // One attempt per call: the failures here are intended.
      const client = new APIClient({ ...options, baseURL: mock.url, maxRetries: 0 });
      if (!subject) {
        console.log(
          '\nNo list can be shown page by page: each needs arguments, or has no state in the mock.',
        );
        for (const read of reads(mock.data)) await showRead(client, read);
        heading('All calls of the client');
        for (const { id, method, path } of operations)
          console.log(cutLine(`  client.${id}()  ${method.toUpperCase()} ${path}`));
        return;
      }
      const stranger = client.withOptions(keysFor(schemes, 'sk-admin-wrong').options);
      const count = await show(subject, client, stranger);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`\nListed ${count} ${name} in ${seconds} s.`);
      if (count !== itemCount) throw new Error(`Expected ${itemCount} ${name}.`);
      if (inspect) await keepBusy(subject, mock, client);
    } finally {
      await mock.close();
    }
  },
});

type Item = Record<string, unknown>;
interface Page {
  getPaginatedItems(): Item[];
  iterPages(): AsyncIterable<Page>;
}

/** The size of a page, and one that the document forbids. */
function sizesOf({ list, paging }: Subject): { usual: object; tooLarge: Item | undefined } {
  const size = list.query.find(({ name }) => name === paging.size);
  if (!size) return { usual: {}, tooLarge: undefined };
  const { maximum } = (size.schema ?? {}) as { maximum?: number };
  const usual = { [size.property]: Math.min(100, maximum ?? 100) };
  return { usual, tooLarge: maximum === undefined ? undefined : { [size.property]: maximum + 1 } };
}

/** A call with arguments from the mock's data and the document's examples, and what it resolves to. */
async function showRead(
  client: object,
  { operation: { id, result }, args }: ReturnType<ReturnType<typeof demonstrate>['reads']>[number],
): Promise<void> {
  const isEmpty = (value: unknown) =>
    typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  const shown = args.filter((arg) => !isEmpty(arg)).map((arg) => JSON.stringify(arg));
  heading(`Read: client.${id}(${shown.join(', ')})`);
  const read = await methodOf(client, id)(...args).catch((error: unknown) => error);
  if (read instanceof Error) console.log(cutLine(`  ${read.name}: ${read.message}`));
  else if (result.kind === 'page')
    for (const item of (read as Page).getPaginatedItems().slice(0, 3))
      console.log(cutLine(`  ${JSON.stringify(item)}`));
  else console.log(cutLine(`  ${JSON.stringify(read)}`));
}

/** The demo itself; gives how many items were listed. */
async function show(subject: Subject, client: object, stranger: object): Promise<number> {
  const { collection, list, retrieve, update } = subject;
  const { usual, tooLarge } = sizesOf(subject);
  const call = methodOf(client, list.id);
  const pageOf = async (params: object) => (await call(params)) as Page;

  heading(`List: client.${list.id}()`);
  const all: Item[] = [];
  let pages = 0;
  for await (const page of (await pageOf(usual)).iterPages()) {
    all.push(...page.getPaginatedItems());
    pages += 1;
    console.log(`  page ${pages}  ${bar(all.length / itemCount)}  ${all.length} of ${itemCount}`);
  }
  const columns = columnsOf(all, collection.idProperty);
  table(columns, all.slice(0, 5));
  console.log(`  … and ${all.length - 5} more`);

  for (const [parameter, property] of Object.entries(collection.filter).slice(0, 1)) {
    heading(`Filter by ${parameter}`);
    const values = all.flatMap((item) => item[property] ?? []).slice(40, 42);
    table(columns, (await pageOf({ [parameter]: values })).getPaginatedItems());
  }

  const id = valueIn(all[0], collection.idProperty);
  const changed = changeOf(subject, all, columns);
  if (update ?? subject.delete) heading('Change and delete');
  const width = Math.max(
    ...[retrieve, update, subject.delete].map((one) => one?.action.length ?? 0),
  );
  if (update && changed) {
    const { name, body } = changed;
    const after = (await methodOf(client, update.id)(id, body)) as Item | undefined;
    console.log(
      `  ${update.action.padEnd(width)}  ${id}  ${name}: ${all[0]?.[name]} → ${after?.[name]}`,
    );
  }
  if (subject.delete) {
    await methodOf(client, subject.delete.id)(id);
    console.log(`  ${subject.delete.action.padEnd(width)}  ${id}`);
    if (retrieve)
      console.log(
        `  ${retrieve.action.padEnd(width)}  ${id}  ${await failure(methodOf(client, retrieve.id)(id))}`,
      );
  }

  heading('Invalid calls');
  if (tooLarge) {
    const [[name, value] = []] = Object.entries(tooLarge);
    console.log(`  ${`${name}: ${value}`.padEnd(10)}  ${await failure(call(tooLarge))}`);
  }
  console.log(`  wrong key   ${await failure(methodOf(stranger, list.id)())}`);
  return all.length;
}

/** A body that gives the first item the value that a property has in another one; `preferred` properties come first. */
function changeOf({ changes }: Subject, all: readonly Item[], preferred: readonly string[] = []) {
  const [first = {}] = all;
  const isLess = (name: string) => Number(!preferred.includes(name));
  for (const { name } of changes.toSorted((a, b) => isLess(a.name) - isLess(b.name))) {
    const value = all.find((item) => isShown(item[name]) && item[name] !== first[name])?.[name];
    if (value === undefined || !isShown(first[name])) continue;
    const needed = changes.filter(({ required }) => required);
    const body = Object.fromEntries(needed.map((each) => [each.name, first[each.name]]));
    return { name, body: { ...body, [name]: value } };
  }
  return undefined;
}

/** Sends a request every second or so until Ctrl+C, so that the inspector has something to show. */
async function keepBusy(subject: Subject, mock: MockServer, client: object): Promise<void> {
  const { collection, list, retrieve, update, children } = subject;
  const { usual, tooLarge } = sizesOf(subject);
  console.log(`\nInspector: ${new URL('/_mock', mock.url)}\nStop with Ctrl+C.`);
  const call = methodOf(client, list.id);
  const items = ((await call(usual)) as Page).getPaginatedItems();
  mock.fail({ status: 503, probability: 0.1 });
  const stopped = once(process, 'SIGINT');
  const change = changeOf(subject, items);
  const each = (operation: typeof retrieve, ...args: unknown[]) =>
    operation
      ? items
          .slice(0, 3)
          .map(
            (item) => () =>
              methodOf(client, operation.id)(valueIn(item, collection.idProperty), ...args),
          )
      : [];
  const calls = [
    () => call(usual),
    () => call(tooLarge ?? usual),
    ...each(retrieve),
    ...(change ? each(update, change.body) : []),
    ...each(children),
  ];
  for (let i = 0; ; i += 1) {
    const isOver = await Promise.race([stopped.then(() => true), pause(700)]);
    if (isOver) return;
    await calls[i % calls.length]?.().catch(() => {});
  }
}

function pause(ms: number): Promise<false> {
  return new Promise((done) => setTimeout(() => done(false), ms));
}

function heading(text: string): void {
  console.log(`\n${styleText('bold', text)}`);
}

function bar(share: number, width = 24): string {
  const filled = Math.round(share * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}

/** Whether a value fits into a cell. */
function isShown(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** The id, and the properties in which items differ: telling ones first, then text. */
function columnsOf(items: readonly Item[], id: string): string[] {
  const rank = (name: string) => {
    const place = telling.indexOf(name);
    return place >= 0 ? place : telling.length + Number(typeof items[0]?.[name] !== 'string');
  };
  const names = [...new Set(items.flatMap(Object.keys))].filter((name) => {
    const values = new Set(items.map((item) => item[name]).filter(isShown));
    return name !== id && values.size > 1;
  });
  return [id, ...names.sort((a, b) => rank(a) - rank(b)).slice(0, 3)];
}

function table(columns: readonly string[], items: readonly Item[]): void {
  const cells = items.map((item) => columns.map((name) => String(item[name] ?? '–')));
  const lines = [[...columns], ...cells];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  for (const line of lines) {
    const row = `  ${line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`;
    console.log(cutLine(row.trimEnd()));
  }
}

/** The error that a call ends with, in a line. */
async function failure(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    return `${error.name}: ${error.message}`;
  }
  throw new Error('Expected the mock to refuse this call.');
}
