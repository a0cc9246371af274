import type OrgClient from '@org/client';

/** The names of all owners of the organization. */
export async function ownerNames(client: OrgClient): Promise<string[]> {
  const names: string[] = [];
  for await (const user of client.admin.organization.users.list({ limit: 100 })) {
    if (user.role === 'owner') names.push(user.name ?? user.id);
  }
  return names;
}
