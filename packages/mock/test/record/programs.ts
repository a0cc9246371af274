import type OrgClient from '@org/client';
import type { FaultRule } from '../../src/index.ts';

type Users = OrgClient['admin']['organization']['users'];
type Step = (users: Users, client: OrgClient) => Promise<unknown>;

/** A small program with a bug, and the same program without it. A test writes both to files. */
export interface Program {
  name: string;
  bug: Step;
  fixed: Step;
  faults?: FaultRule[];
}

export const programs: Program[] = [
  {
    name: 'names may be null',
    bug: async (users) => {
      for await (const user of users.list()) (user.name as string).toLowerCase();
    },
    fixed: async (users) => {
      for await (const user of users.list()) user.name?.toLowerCase();
    },
  },
  {
    name: 'addresses may be null',
    bug: async (users) => {
      for await (const user of users.list({ limit: 100 })) (user.email as string).split('@');
    },
    fixed: async (users) => {
      for await (const user of users.list({ limit: 100 })) user.email?.split('@');
    },
  },
  {
    name: 'projects may be null',
    bug: async (users) => {
      for await (const user of users.list())
        (user.projects as { data: { id?: string }[] }).data.map(({ id }) => id);
    },
    fixed: async (users) => {
      for await (const user of users.list()) user.projects?.data.map(({ id }) => id);
    },
  },
  {
    name: 'details may be missing',
    bug: async (users) => {
      for await (const user of users.list())
        if ((user.user as { banned?: boolean }).banned) console.error(user.id);
    },
    fixed: async (users) => {
      for await (const user of users.list()) if (user.user?.banned) console.error(user.id);
    },
  },
  {
    name: 'a key may never have been used',
    bug: async (users) => {
      for await (const user of users.list())
        new Date((user.api_key_last_used_at ?? Number.NaN) * 1000).toISOString();
    },
    fixed: async (users) => {
      for await (const user of users.list())
        if (user.api_key_last_used_at) new Date(user.api_key_last_used_at * 1000).toISOString();
    },
  },
  {
    name: 'times are in seconds',
    bug: async (users) => {
      for await (const user of users.list()) new Date(user.added_at * 1_000_000_000).toISOString();
    },
    fixed: async (users) => {
      for await (const user of users.list()) new Date(user.added_at * 1_000).toISOString();
    },
  },
  {
    name: 'times are numbers',
    bug: async (users) => {
      for await (const user of users.list()) (user.added_at as unknown as string).slice(0, 10);
    },
    fixed: async (users) => {
      for await (const user of users.list()) String(user.added_at).slice(0, 10);
    },
  },
  {
    name: 'a page has at most 100 users',
    bug: (users) => users.list({ limit: 200 }),
    fixed: (users) => users.list({ limit: 100 }),
  },
  {
    name: 'an order is asc or desc',
    bug: async (users) => {
      const [user] = (await users.list({ limit: 1 })).data;
      if (user) await users.roles.list(user.id, { order: 'descending' as 'desc' });
    },
    fixed: async (users) => {
      const [user] = (await users.list({ limit: 1 })).data;
      if (user) await users.roles.list(user.id, { order: 'desc' });
    },
  },
  {
    name: 'the ids of a role and of a user are mixed up',
    bug: async (users) => {
      for await (const { id } of users.list({ limit: 5 }))
        for await (const role of users.roles.list(id))
          await users.roles.retrieve(id, { user_id: role.id });
    },
    fixed: async (users) => {
      for await (const { id } of users.list({ limit: 100 }))
        for await (const role of users.roles.list(id))
          await users.roles.retrieve(role.id, { user_id: id });
    },
  },
  {
    name: 'a user is removed twice',
    bug: async (users) => {
      const { data } = await users.list({ limit: 10 });
      for (const { id } of [...data, ...data.slice(0, 1)]) await users.delete(id);
    },
    fixed: async (users) => {
      const { data } = await users.list({ limit: 10 });
      for (const { id } of data) await users.delete(id);
    },
  },
  {
    name: 'a removed user is read again',
    bug: async (users) => {
      const { data } = await users.list({ limit: 3 });
      for (const { id } of data) {
        await users.delete(id);
        console.error((await users.retrieve(id)).name);
      }
    },
    fixed: async (users) => {
      const { data } = await users.list({ limit: 3 });
      for (const { id } of data) {
        console.error((await users.retrieve(id)).name);
        await users.delete(id);
      }
    },
  },
  {
    name: 'a role is a text',
    bug: async (users) => {
      for await (const { id, role } of users.list())
        if (role === 'reader') await users.update(id, { role: 1 as never });
    },
    fixed: async (users) => {
      for await (const { id, role } of users.list())
        if (role === 'reader') await users.update(id, { role: 'owner' });
    },
  },
  {
    name: 'an assignment needs the id of a role',
    bug: async (users) => {
      const [user] = (await users.list()).data;
      if (user) await users.roles.create(user.id, {} as { role_id: string });
    },
    fixed: async (users) => {
      const [user] = (await users.list()).data;
      if (user) await users.roles.create(user.id, { role_id: 'role_new' });
    },
  },
  {
    name: 'a role has no description',
    bug: async (users) => {
      for await (const { id } of users.list({ limit: 10 }))
        for (const role of (await users.roles.list(id)).data) (role.description as string).trim();
    },
    fixed: async (users) => {
      for await (const { id } of users.list({ limit: 100 }))
        for (const role of (await users.roles.list(id)).data) role.description?.trim();
    },
  },
  {
    name: 'a role has no sources',
    bug: async (users) => {
      for await (const { id } of users.list({ limit: 100 }))
        for (const role of (await users.roles.list(id)).data)
          (role.assignment_sources as { principal_id: string }[]).map(
            ({ principal_id }) => principal_id,
          );
    },
    fixed: async (users) => {
      for await (const { id } of users.list({ limit: 100 }))
        for (const role of (await users.roles.list(id)).data)
          role.assignment_sources?.map(({ principal_id }) => principal_id);
    },
  },
  {
    name: 'the last owner is removed',
    bug: async (users) => {
      for await (const { id, role } of users.list())
        if (role === 'owner') await users.update(id, { role: 'reader' });
      for await (const { role } of users.list()) if (role === 'owner') return;
      throw new Error('No owner is left.');
    },
    fixed: async (users) => {
      let count = 0;
      for await (const { id, role } of users.list()) {
        if (role !== 'owner') continue;
        count += 1;
        if (count > 1) await users.update(id, { role: 'reader' });
      }
      for await (const { role } of users.list()) if (role === 'owner') return;
      if (count > 0) throw new Error('No owner is left.');
    },
  },
  {
    name: 'a limit of requests is not waited for',
    bug: (users) => users.list({}, { maxRetries: 0 }),
    fixed: (users) => users.list({}, { maxRetries: 2 }),
    faults: [{ status: 429, retryAfter: 0, probability: 0.9, times: 1 }],
  },
  {
    name: 'a failure of the server ends everything',
    bug: async (users) => {
      for (const { id } of (await users.list({ limit: 4 })).data)
        await users.retrieve(id, { maxRetries: 0 });
    },
    fixed: async (users) => {
      for (const { id } of (await users.list({ limit: 4 })).data)
        await users.retrieve(id, { maxRetries: 0 }).catch(() => undefined);
    },
    faults: [
      { status: 500, probability: 0.5, match: { operation: 'admin.organization.users.retrieve' } },
    ],
  },
  {
    name: 'a response is cut off',
    bug: (users) => users.list({}, { maxRetries: 0 }),
    fixed: (users) => users.list({}, { maxRetries: 1 }),
    faults: [{ connection: 'cut', times: 1 }],
  },
  {
    name: 'a path is wrong, and nobody looks at the response',
    bug: (_, { baseURL }) =>
      fetch(`${baseURL}/organization/user`, { headers: { authorization: 'Bearer any-key' } }),
    fixed: (_, { baseURL }) =>
      fetch(`${baseURL}/organization/users`, { headers: { authorization: 'Bearer any-key' } }),
  },
  {
    name: 'an error is swallowed',
    bug: async (users) => {
      for await (const { id } of users.list())
        await users.retrieve(`${id}!`).catch(() => undefined);
    },
    fixed: async (users) => {
      for await (const { id } of users.list()) await users.retrieve(id).catch(() => undefined);
    },
  },
];
