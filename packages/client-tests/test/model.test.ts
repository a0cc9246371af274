import OrgClient, { BadRequestError, NotFoundError, type OrganizationUser } from '@org/client';
import { createMock, type Mock, type MockServer, type Snapshot, startMock } from '@org/mock';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// Random sequences of calls are held against a model in memory: what was removed leaves a gap in it, because its id
// still marks a place for cursors.

/** How many sequences are tried altogether. */
const runs = 1_000;

interface Slot {
  user: OrganizationUser;
  isRemoved: boolean;
  /** Ids of roles, in the order in which the user got them. */
  roles: string[];
}

interface Model {
  slots: Slot[];
  snapshots: { slots: Slot[]; snapshot: Snapshot }[];
  initial: Slot[];
  /** The names of the properties of users. */
  names: ReadonlySet<string>;
}

interface Real {
  client: OrgClient;
  mock: Mock;
}

type Command = fc.AsyncCommand<Model, Real>;

const alive = ({ slots }: Pick<Model, 'slots'>) => slots.filter(({ isRemoved }) => !isRemoved);
/** The nth of those that are there; undefined where there is none. */
const nth = <T>(items: readonly T[], n: number) => items[n % Math.max(1, items.length)];
const users = ({ client }: Real) => client.admin.organization.users;

async function collect<T>(pages: AsyncIterable<T>, between?: () => void): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) {
    items.push(item);
    between?.();
  }
  return items;
}

function command(name: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return { check: () => true, run, toString: () => name };
}

const index = fc.nat(20);
const limit = fc.integer({ min: 1, max: 7 });
const roleID = fc.integer({ min: 1, max: 4 }).map((n) => `role_custom${n}`);
const body = fc.record(
  {
    role: fc.constantFrom('owner', 'reader', null),
    technical_level: fc.option(fc.string({ maxLength: 5 })),
    developer_persona: fc.constantFrom('data', null),
    role_id: fc.constantFrom('role_x', null),
  },
  { requiredKeys: [] },
);

const commands: fc.Arbitrary<Command>[] = [
  limit.map((n) =>
    command(`list(${n})`, async (model, real) => {
      const listed = await collect(users(real).list({ limit: n }));
      expect(listed).toEqual(alive(model).map(({ user }) => user));
    }),
  ),
  fc.tuple(index, limit).map(([at, n]) =>
    command(`page after ${at}`, async ({ slots }, real) => {
      const slot = nth(slots, at);
      if (!slot) return;
      const page = await users(real).list({ after: slot.user.id, limit: n });
      const rest = alive({ slots: slots.slice(slots.indexOf(slot) + 1) });
      expect(page.data).toEqual(rest.slice(0, n).map(({ user }) => user));
      expect(page.has_more).toBe(rest.length > n);
    }),
  ),
  index.map((at) =>
    command(`list emails of ${at}`, async (model, real) => {
      const wanted = nth(alive(model), at)?.user.email;
      if (!wanted) return;
      const same = alive(model).filter(({ user }) => user.email === wanted);
      const listed = await collect(users(real).list({ emails: [wanted.toUpperCase()] }));
      expect(listed).toEqual(same.map(({ user }) => user));
    }),
  ),
  index.map((at) =>
    command(`retrieve ${at}`, async ({ slots }, real) => {
      const slot = nth(slots, at);
      const call = users(real).retrieve(slot?.user.id ?? 'nobody');
      if (!slot || slot.isRemoved) await expect(call).rejects.toThrow(NotFoundError);
      else expect(await call).toEqual(slot.user);
    }),
  ),
  fc.tuple(index, body).map(([at, changes]) =>
    command(`update ${at} ${JSON.stringify(changes)}`, async ({ slots, names }, real) => {
      const slot = nth(slots, at);
      const call = users(real).update(slot?.user.id ?? 'nobody', changes);
      if (!slot || slot.isRemoved) return expect(call).rejects.toThrow(NotFoundError);
      // A property that users do not have, such as `role_id`, changes nothing.
      const known = Object.entries(changes).filter(([name]) => names.has(name));
      slot.user = { ...slot.user, ...Object.fromEntries(known) };
      expect(await call).toEqual(slot.user);
    }),
  ),
  index.map((at) =>
    command(`update ${at} with a wrong type`, async ({ slots }, real) => {
      const wrong = { role: 5 } as unknown as { role: string };
      const call = users(real).update(nth(slots, at)?.user.id ?? 'nobody', wrong);
      await expect(call).rejects.toThrow(BadRequestError);
    }),
  ),
  index.map((at) =>
    command(`delete ${at}`, async ({ slots }, real) => {
      const slot = nth(slots, at);
      const id = slot?.user.id ?? 'nobody';
      const call = users(real).delete(id);
      if (!slot || slot.isRemoved) return expect(call).rejects.toThrow(NotFoundError);
      expect(await call).toEqual({ object: 'organization.user.deleted', id, deleted: true });
      slot.isRemoved = true;
    }),
  ),
  fc.string({ minLength: 1, maxLength: 8 }).map((name) =>
    command(`add ${name}`, async ({ slots }, { mock }) => {
      const user = mock.data.users.add({ name, email: 'same@example.com' });
      slots.push({ user, isRemoved: false, roles: [] });
    }),
  ),
  fc.tuple(index, roleID).map(([at, id]) =>
    command(`assign ${id} to ${at}`, async ({ slots }, real) => {
      const slot = nth(slots, at);
      const call = users(real).roles.create(slot?.user.id ?? 'nobody', { role_id: id });
      if (!slot || slot.isRemoved) return expect(call).rejects.toThrow(NotFoundError);
      if (slot.roles.includes(id)) return expect(call).rejects.toThrow(BadRequestError);
      const assignment = await call;
      expect(assignment.user).toEqual(slot.user);
      expect(assignment.role).toMatchObject({ object: 'role', id });
      slot.roles.push(id);
    }),
  ),
  fc.tuple(index, fc.oneof(index, roleID)).map(([at, which]) =>
    command(`unassign ${which} from ${at}`, async ({ slots }, real) => {
      const slot = nth(slots, at);
      const id = typeof which === 'string' ? which : (nth(slot?.roles ?? [], which) ?? 'role_none');
      const call = users(real).roles.delete(id, { user_id: slot?.user.id ?? 'nobody' });
      if (!slot || slot.isRemoved || !slot.roles.includes(id))
        return expect(call).rejects.toThrow(NotFoundError);
      expect(await call).toMatchObject({ deleted: true });
      slot.roles = slot.roles.filter((one) => one !== id);
    }),
  ),
  fc.tuple(index, index).map(([at, which]) =>
    command(`retrieve role ${which} of ${at}`, async ({ slots }, real) => {
      const slot = nth(slots, at);
      const id = nth(slot?.roles ?? [], which) ?? 'role_none';
      const call = users(real).roles.retrieve(id, { user_id: slot?.user.id ?? 'nobody' });
      if (!slot || slot.isRemoved || id === 'role_none')
        return expect(call).rejects.toThrow(NotFoundError);
      expect((await call).id).toBe(id);
    }),
  ),
  fc.tuple(index, limit, fc.constantFrom('asc' as const, 'desc' as const)).map(([at, n, order]) =>
    command(`list roles of ${at}, ${n}, ${order}`, async ({ slots }, real) => {
      const slot = nth(slots, at);
      const list = users(real).roles.list(slot?.user.id ?? 'nobody', { limit: n, order });
      if (!slot || slot.isRemoved) return expect(list).rejects.toThrow(NotFoundError);
      const ids = (await collect(list)).map(({ id }) => id);
      expect(ids).toEqual(order === 'asc' ? slot.roles : slot.roles.toReversed());
    }),
  ),
  fc
    .tuple(limit, fc.array(fc.tuple(fc.constantFrom('delete', 'update'), index)))
    .map(([n, steps]) =>
      command(`change while walking: ${steps.join(' ')}`, async (model, real) => {
        const before = alive(model);
        const waiting = [...steps];
        const listed = await collect(users(real).list({ limit: n }), () => {
          const [kind, at = 0] = waiting.shift() ?? [];
          const slot = nth(alive(model), at);
          if (!slot || kind === undefined) return;
          if (kind === 'delete') {
            slot.isRemoved = real.mock.data.users.remove(slot.user.id);
          } else slot.user = real.mock.data.users.update(slot.user.id, { name: 'Changed' });
        });
        const ids = listed.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const throughout = before.filter(({ isRemoved }) => !isRemoved).map(({ user }) => user.id);
        expect(ids.filter((id) => throughout.includes(id))).toEqual(throughout);
      }),
    ),
  fc.constant(
    command('snapshot', async ({ slots, snapshots }, { mock }) => {
      snapshots.push({ slots: structuredClone(slots), snapshot: mock.snapshot() });
    }),
  ),
  fc.tuple(index, fc.boolean()).map(([at, isParsed]) =>
    command(`restore ${at}${isParsed ? ' from JSON' : ''}`, async (model, { mock }) => {
      const saved = nth(model.snapshots, at);
      if (!saved) return;
      mock.restore(isParsed ? JSON.parse(JSON.stringify(saved.snapshot)) : saved.snapshot);
      model.slots = structuredClone(saved.slots);
    }),
  ),
  fc.constant(
    command('reset', async (model, { mock }) => {
      mock.reset();
      model.slots = structuredClone(model.initial);
    }),
  ),
];

describe('the mock and a model in memory agree on any sequence of calls', () => {
  let mock: MockServer;
  let initial: Slot[];
  const names = new Set<string>();
  beforeAll(async () => {
    mock = await startMock({ data: { users: 6 }, seed: 'model' });
    initial = mock.data.users.list().map((user) => ({
      user,
      isRemoved: false,
      roles: mock.data['users.roles'].list({ user_id: user.id }).map(({ id }) => id),
    }));
    // Enough users for each optional property to be there.
    for (const user of createMock({ data: { users: 500 } }).data.users.list())
      for (const name of Object.keys(user)) names.add(name);
  });
  afterAll(() => mock.close());

  test.each(['in process', 'over HTTP'])('%s', { timeout: 600_000 }, async (transport) => {
    const client = new OrgClient({
      adminAPIKey: 'sk-admin-model',
      maxRetries: 0,
      ...(transport === 'over HTTP'
        ? { baseURL: mock.url }
        : { baseURL: 'http://mock.test/v1', fetch: mock.fetch }),
    });
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 40 }), async (sequence) => {
        mock.reset();
        const model = { slots: structuredClone(initial), snapshots: [], initial, names };
        await fc.asyncModelRun(() => ({ model, real: { client, mock } }), sequence);
        const left = alive(model).map(({ user }) => user);
        expect(mock.data.users.list()).toEqual(left);
        expect(mock.data.users.size).toBe(left.length);
        const roles = alive(model).reduce((sum, slot) => sum + slot.roles.length, 0);
        expect(mock.data['users.roles'].size).toBe(roles);
      }),
      { numRuns: runs / 2 },
    );
  });
});
