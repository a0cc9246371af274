import type { components, operations, paths } from './openapi.gen';

export type { components, operations, paths };

/** A person or a service account that belongs to the organization. */
export type OrganizationUser = components['schemas']['OrganizationUser'];

/** The account behind a member of the organization: {@link OrganizationUser}'s `user`. */
export type User = components['schemas']['User'];

/** The projects that a user belongs to: {@link OrganizationUser}'s `projects`. */
export type Projects = components['schemas']['Projects'];

/** One of the {@link Projects}, and what the user may do there. */
export type Project = components['schemas']['Project'];

/** One page of users: the body of a successful `GET /organization/users`. */
export type OrganizationUserList = components['schemas']['OrganizationUserList'];

/** The query of `GET /organization/users`. */
export type UserListParams = NonNullable<
  operations['admin.organization.users.list']['parameters']['query']
>;

/** The body of every response that is not a success. */
export type ErrorResponse = components['schemas']['ErrorResponse'];

/** What went wrong: the `error` of an {@link ErrorResponse}. */
export type ErrorObject = components['schemas']['ErrorObject'];
