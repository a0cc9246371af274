import { describe, expect, test } from 'vitest';
import {
  argumentName,
  fileName,
  pascalCase,
  plural,
  singular,
  typeName,
} from '../src/model/names.ts';

test.each([
  ['user_id', 'userID'],
  ['id', 'id'],
  ['api_key_id', 'apiKeyID'],
  ['project-id', 'projectID'],
  ['userId', 'userId'],
  ['callback_url', 'callbackURL'],
  ['class', 'class_'],
  ['query', 'query_'],
  ['2fa', '_2fa'],
])('the parameter %s is the argument %s', (parameter, argument) => {
  expect(argumentName(parameter)).toBe(argument);
});

test.each([
  ['roles', 'role'],
  ['auditLogs', 'auditLog'],
  ['adminAPIKeys', 'adminAPIKey'],
  ['policies', 'policy'],
  ['batches', 'batch'],
  ['data', 'data'],
  ['dataRetention', 'dataRetention'],
  ['status', 'status'],
  ['usage', 'usage'],
])('the singular of %s is %s', (many, one) => {
  expect(singular(many)).toBe(one);
});

test.each([
  ['OrganizationUser', 'OrganizationUsers'],
  ['Policy', 'Policies'],
])('the plural of %s is %s', (one, many) => {
  expect(plural(one)).toBe(many);
});

test.each([
  ['auditLogs', 'audit-logs'],
  ['adminAPIKeys', 'admin-api-keys'],
  ['users', 'users'],
])('the resource %s is in the file %s', (resource, file) => {
  expect(fileName(resource)).toBe(file);
});

test('a resource is a class in Pascal case', () => {
  expect(pascalCase('auditLogs')).toBe('AuditLogs');
  expect(pascalCase('data_retention')).toBe('DataRetention');
});

describe('the type of a schema has the schema’s name', () => {
  test.each([
    ['User', 'User'],
    ['user_list', 'user_list'],
    ['audit.log-entry', 'AuditLogEntry'],
    ['2fa', '_2fa'],
  ])('%s is %s', (schema, type) => {
    expect(typeName(schema)).toBe(type);
  });

  test.each(['Error', 'Record', 'string', 'components', 'class'])(
    '%s would hide a name of TypeScript, and gets a suffix',
    (schema) => {
      expect(typeName(schema)).toMatch(/Object$/);
    },
  );
});
