import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { filesBelow, readDocument } from '@org/openapi/read';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { compare, type Pair } from '../support/compare.mts';

const root = resolve(import.meta.dirname, '../../../..');
/** Where this document departs from the official package on purpose: name → reason. */
const file = 'spec/openai-departures.yaml';
const listed: Record<string, string> = parse(readFileSync(join(root, file), 'utf8')) ?? {};

const { document, locate } = await readDocument('openapi.yaml', filesBelow(join(root, 'spec')));

/** What the locations of parameters need of it. */
interface Item {
  parameters?: { name?: string; $ref?: string }[];
}
const paths = (document.paths ?? {}) as Record<string, (Item & Record<string, Item>) | undefined>;
const named = (document.components?.['parameters'] ?? {}) as Record<string, { name?: string }>;

const organization = 'openai/resources/admin/organization';
const users = `${organization}/users/users`;
const roles = `${organization}/users/roles`;

const schema = (direction: Pair['direction'], name: string, module: string, type = name): Pair => ({
  name,
  official: [module, type],
  direction,
  pointer: ['components', 'schemas', name],
});
const parameters = (name: string, module: string, path: string, method: string): Pair => ({
  name,
  official: [module, name],
  direction: 'sent',
  pointer: ['paths', path, method, 'parameters'],
});

const departures = compare([
  schema('received', 'OrganizationUser', users),
  schema('received', 'UserDeleteResponse', users),
  schema('received', 'Role', `${organization}/roles`),
  schema('received', 'AssignedRole', roles, 'RoleRetrieveResponse'),
  schema('received', 'RoleAssignment', roles, 'RoleCreateResponse'),
  schema('received', 'RoleDeleteResponse', roles),
  schema('sent', 'UserUpdateParams', users),
  schema('sent', 'RoleCreateParams', roles),
  parameters('UserListParams', users, '/organization/users', 'get'),
  parameters('RoleListParams', roles, '/organization/users/{user_id}/roles', 'get'),
  parameters('RoleRetrieveParams', roles, '/organization/users/{user_id}/roles/{role_id}', 'get'),
  parameters('RoleDeleteParams', roles, '/organization/users/{user_id}/roles/{role_id}', 'delete'),
]);

/** The pointer to a parameter, which stands in a list: `[…, 'parameters', 'properties', 'limit']` → `[…, 'parameters', '2']`. */
function atParameter(pointer: readonly string[]): readonly string[] {
  const [, path = '', method = '', , , name] = pointer;
  if (pointer[0] !== 'paths' || name === undefined) return pointer;
  for (const list of [
    ['paths', path, method, 'parameters'],
    ['paths', path, 'parameters'],
  ]) {
    const item = list.length === 4 ? paths[path]?.[method] : paths[path];
    for (const [i, parameter] of (item?.parameters ?? []).entries()) {
      const component = parameter.$ref?.split('/').at(-1) ?? '';
      if (parameter.name === name) return [...list, String(i)];
      if (named[component]?.name === name) return ['components', 'parameters', component];
    }
  }
  return pointer;
}

test(`programs written for the official package compile, except for what ${file} lists`, () => {
  // A schema that several others refer to departs once.
  const firstNames = new Map<string, string>();
  const unlisted = new Map<string, string>();
  for (const { name, message, pointer } of departures) {
    const { file: path, line, column } = locate(atParameter(pointer)) ?? {};
    const fact = `spec/${path}:${line}:${column} ${pointer.at(-1)} ${message}`;
    const first = firstNames.get(fact) ?? name;
    firstNames.set(fact, first);
    if (!(first in listed) && !unlisted.has(first))
      unlisted.set(first, `spec/${path}:${line}:${column}: ${first} ${message}`);
  }
  if (unlisted.size === 0) return;
  expect.fail(
    [
      'The document departs from the official package "openai":',
      ...unlisted.values(),
      `Undo the change, or list it with its reason in ${file}:`,
      ...[...unlisted.keys()].map((name) => `  ${name}: <reason>`),
    ].join('\n'),
  );
});

test(`${file} lists nothing that does not depart, and a reason for each entry`, () => {
  const found = new Set(departures.map(({ name }) => name));
  const stale = Object.keys(listed).filter((name) => !found.has(name));
  if (stale.length > 0)
    expect.fail(`These do not depart. Remove them from ${file}: ${stale.join(', ')}`);
  for (const [name, reason] of Object.entries(listed))
    expect(reason, `${file}: ${name} needs a reason`).toMatch(/\w/);
});
