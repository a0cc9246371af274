// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

/** @description A role assigned to a user. */
export interface AssignedRole {
    /** @description Through whom the user has the role, if known. */
    assignment_sources: AssignmentSource[] | null;
    /**
     * Format: unixtime
     * @description When the role was created, in Unix seconds.
     */
    created_at: number | null;
    /**
     * @description The id of the user who created the role.
     * @example user_abc
     */
    created_by: string | null;
    /** @description Details of the user who created the role. */
    created_by_user_obj: {
        [key: string]: unknown;
    } | null;
    /**
     * @description What the role is for.
     * @example Manages the users of the organization.
     * @example Reads invoices and usage.
     * @example Creates projects and invites members to them.
     * @example Reads the audit log.
     * @example Creates and revokes API keys.
     */
    description: string | null;
    /**
     * @description The id of the role.
     * @example role_abc
     */
    id: string;
    /** @description Additional properties of the role. */
    metadata: {
        [key: string]: unknown;
    } | null;
    /**
     * @description The role's name.
     * @example User administrator
     * @example Billing viewer
     * @example Project creator
     * @example Auditor
     * @example Key manager
     */
    name: string;
    /** @description What the role allows, such as `api.organization.users.read`. */
    permissions: string[];
    /** @description Whether the role is built in and managed by the provider of the API. */
    predefined_role: boolean;
    /**
     * @description The kind of resource that the role applies to, such as `api.organization`.
     * @example api.organization
     * @example api.project
     */
    resource_type: string;
    /**
     * Format: unixtime
     * @description When the role was last changed, in Unix seconds.
     */
    updated_at: number | null;
}
export declare namespace AssignedRole {
    export { type AssignmentSource };
}

/** @description A page of the roles assigned to a user. */
export interface AssignedRoleList {
    /** @description The roles on this page. */
    data: AssignedRole[];
    /** @description Whether there are more roles after this page. */
    has_more: boolean;
    /** @description The cursor of the next page, to pass as `after`, or null on the last page. */
    next: string | null;
    /**
     * @description The type of the object, always `list`.
     * @constant
     */
    object: "list";
}
export declare namespace AssignedRoleList {
    export { type AssignedRole as Data };
}

/** @description Through whom a user has a role, such as the user or a group. */
export interface AssignmentSource {
    /**
     * @description The id of the principal.
     * @example user_abc
     * @example group_abc
     */
    principal_id: string;
    /**
     * @description The kind of principal, such as `user` or `group`.
     * @example user
     * @example group
     */
    principal_type: string;
}

/** @description What went wrong. */
export interface ErrorObject {
    /** @description A code for programs, or null if the error has none. */
    code: string | null;
    /** @description A message for people. */
    message: string;
    /** @description The invalid parameter, or null if the error is not about one. */
    param: string | null;
    /** @description The kind of error. */
    type: string;
}

/** @description The body of every response that reports an error. */
export interface ErrorResponse {
    error: ErrorObject;
}
export declare namespace ErrorResponse {
    export { type ErrorObject as Error };
}

/** @description A person or a service account that belongs to the organization. */
export interface OrganizationUser {
    /**
     * Format: unixtime
     * @description When the user joined the organization, in Unix seconds.
     */
    added_at: number;
    /**
     * Format: unixtime
     * @description When one of the user's API keys was last used, in Unix seconds.
     */
    api_key_last_used_at?: number | null;
    /**
     * Format: unixtime
     * @description When the user was created, in Unix seconds.
     */
    created?: number;
    /**
     * @description The kind of development that the user says they do.
     * @example backend
     * @example frontend
     * @example data
     * @example research
     * @example operations
     */
    developer_persona?: string | null;
    /** @description The user's email address. */
    email?: string | null;
    /**
     * @description The id of the user, which other calls refer to.
     * @example user_abc
     */
    id: string;
    /** @description Whether this is the user's default organization. */
    is_default?: boolean;
    /** @description Whether the user may purchase Scale Tier for the organization. */
    is_scale_tier_authorized_purchaser?: boolean | null;
    /** @description Whether an identity provider manages the user through SCIM. */
    is_scim_managed?: boolean;
    /** @description Whether the user is a service account rather than a person. */
    is_service_account?: boolean;
    /** @description The user's name. */
    name?: string | null;
    /**
     * @description The type of the object, always `organization.user`.
     * @constant
     */
    object: "organization.user";
    /** @description The projects that the user belongs to. */
    projects?: Projects | null;
    /**
     * @description The user's role in the organization, such as `owner` or `reader`. Other values may be added.
     * @example reader
     * @example owner
     */
    role?: string | null;
    /**
     * @description How much technical experience the user says they have.
     * @example beginner
     * @example intermediate
     * @example advanced
     */
    technical_level?: string | null;
    user?: User;
}
export declare namespace OrganizationUser {
    export { type Projects, type User };
}

/** @description A page of users. */
export interface OrganizationUserList {
    /** @description The users on this page. */
    data: OrganizationUser[];
    /** @description The cursor of the first user on this page. */
    first_id?: string | null;
    /** @description Whether there are more users after this page. */
    has_more: boolean;
    /** @description The cursor of the last user on this page. Pass it as `after` to get the next page. */
    last_id?: string | null;
    /**
     * @description The type of the object, always `list`.
     * @constant
     */
    object: "list";
}
export declare namespace OrganizationUserList {
    export { type OrganizationUser as Data };
}

/** @description A project that a user belongs to, and the user's role in it. */
export interface Project {
    /**
     * @description The id of the project.
     * @example proj_abc
     */
    id?: string | null;
    /**
     * @description The project's name.
     * @example Search
     * @example Support
     * @example Billing
     * @example Website
     * @example Research
     * @example Mobile app
     * @example Analytics
     */
    name?: string | null;
    /**
     * @description The user's role in the project.
     * @example member
     * @example owner
     */
    role?: string | null;
}

/** @description The projects that a user belongs to. */
export interface Projects {
    /** @description The user's projects. */
    data: Project[];
    /**
     * @description The type of the object, always `list`.
     * @constant
     */
    object: "list";
}
export declare namespace Projects {
    export { type Project as Data };
}

/** @description A set of permissions that can be assigned to users. */
export interface Role {
    /** @description What the role is for. */
    description: string | null;
    /**
     * @description The id of the role.
     * @example role_abc
     */
    id: string;
    /** @description The role's name. */
    name: string;
    /**
     * @description The type of the object, always `role`.
     * @constant
     */
    object: "role";
    /** @description What the role allows, such as `api.organization.users.read`. */
    permissions: string[];
    /** @description Whether the role is built in and managed by the provider of the API. */
    predefined_role: boolean;
    /**
     * @description The kind of resource that the role applies to, such as `api.organization`.
     * @example api.organization
     * @example api.project
     */
    resource_type: string;
}

/** @description The assignment of a role to a user. */
export interface RoleAssignment {
    /**
     * @description The type of the object, always `user.role`.
     * @constant
     */
    object: "user.role";
    role: Role;
    user: OrganizationUser;
}
export declare namespace RoleAssignment {
    export { type OrganizationUser as User, type Role };
}

/** @description The role to assign to a user. */
export interface RoleCreateParams {
    /** @description The id of the role to assign. */
    role_id: string;
}

/** @description Confirms that a role was unassigned. */
export interface RoleDeleteResponse {
    /** @description Whether the role was unassigned. */
    deleted: boolean;
    /**
     * @description The type of the object, such as `user.role.deleted`.
     * @example user.role.deleted
     */
    object: string;
}

/** @description The account behind a member of the organization. */
export interface User {
    /** @description Whether the account is banned. */
    banned?: boolean | null;
    /**
     * Format: unixtime
     * @description When the account was banned, in Unix seconds.
     */
    banned_at?: number | null;
    /** @description The account's email address. */
    email?: string | null;
    /** @description Whether the account is enabled. */
    enabled?: boolean | null;
    /**
     * @description The id of the account.
     * @example user_abc
     */
    id: string;
    /** @description The name on the account. */
    name?: string | null;
    /**
     * @description The type of the object, always `user`.
     * @constant
     */
    object: "user";
    /** @description The URL of the account's picture. */
    picture?: string | null;
}

/** @description Confirms that a user was removed from the organization. */
export interface UserDeleteResponse {
    /** @description Whether the user was removed. */
    deleted: boolean;
    /** @description The id of the removed user. */
    id: string;
    /**
     * @description The type of the object, always `organization.user.deleted`.
     * @constant
     */
    object: "organization.user.deleted";
}

/** @description The properties of a user to change. */
export interface UserUpdateParams {
    /** @description The kind of development that the user says they do. */
    developer_persona?: string | null;
    /** @description The user's role in the organization, `owner` or `reader`. Other values may be added. */
    role?: string | null;
    /** @description The id of a role to give to the user. */
    role_id?: string | null;
    /** @description How much technical experience the user says they have. */
    technical_level?: string | null;
}

/** The parameters of `list`: List users. */
export interface UserListParams {
    /**
     * A cursor for pagination: the id of the object after which the page starts. Pass the `last_id` of one page to get the next. `null` starts at the first page.
     *
     * @example 'user-xyz'
     */
    after?: string | null;
    /**
     * Returns only users with one of these email addresses. Repeat the parameter to pass several.
     *
     * @example ['user@example.com']
     */
    emails?: string[];
    /**
     * The maximum number of users on a page. 1 to 100, default 20.
     *
     * @example 50
     */
    limit?: number;
}

/** The parameters of `list`: List a user's roles. */
export interface RoleListParams {
    /**
     * A cursor for pagination: pass the `next` of one page to get the page that follows it. `null` starts at the first page.
     *
     * @example 'role_abc'
     */
    after?: string | null;
    /**
     * The maximum number of roles on a page. 0 to 1000.
     *
     * @example 50
     */
    limit?: number;
    /**
     * The order in which roles are returned, ascending or descending. One of "asc", "desc".
     *
     * @example 'asc'
     */
    order?: "asc" | "desc";
}

/** The parameters of `retrieve`: Retrieve a user's role. */
export interface RoleRetrieveParams {
    /**
     * The id of the user.
     *
     * @example 'user_abc'
     */
    user_id: string;
}

/** The parameters of `delete`: Unassign a role. */
export interface RoleDeleteParams {
    /**
     * The id of the user.
     *
     * @example 'user_abc'
     */
    user_id: string;
}

export interface paths {
    "/organization/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description Returns the users of the organization, one page at a time.
         */
        get: operations["admin.organization.users.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organization/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the user.
                 * @example user_abc
                 */
                user_id: components["parameters"]["user_id"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a user
         * @description Returns one user of the organization.
         */
        get: operations["admin.organization.users.retrieve"];
        put?: never;
        /**
         * Update a user
         * @description Changes a user's role or profile and returns the updated user. Properties that the body leaves out keep their value.
         */
        post: operations["admin.organization.users.update"];
        /**
         * Delete a user
         * @description Removes a user from the organization, together with the roles assigned to them.
         */
        delete: operations["admin.organization.users.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organization/users/{user_id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the user.
                 * @example user_abc
                 */
                user_id: components["parameters"]["user_id"];
            };
            cookie?: never;
        };
        /**
         * List a user's roles
         * @description Returns the roles assigned to a user, one page at a time.
         */
        get: operations["admin.organization.users.roles.list"];
        put?: never;
        /**
         * Assign a role
         * @description Assigns a role to a user. The user keeps the roles they already have.
         */
        post: operations["admin.organization.users.roles.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organization/users/{user_id}/roles/{role_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the role.
                 * @example role_abc
                 */
                role_id: components["parameters"]["role_id"];
                /**
                 * @description The id of the user.
                 * @example user_abc
                 */
                user_id: components["parameters"]["user_id"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a user's role
         * @description Returns one of the roles assigned to a user.
         */
        get: operations["admin.organization.users.roles.retrieve"];
        put?: never;
        post?: never;
        /**
         * Unassign a role
         * @description Removes a role from a user. The role itself and the user's other roles stay.
         */
        delete: operations["admin.organization.users.roles.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        AssignedRole: AssignedRole;
        AssignedRoleList: AssignedRoleList;
        AssignmentSource: AssignmentSource;
        ErrorObject: ErrorObject;
        ErrorResponse: ErrorResponse;
        OrganizationUser: OrganizationUser;
        OrganizationUserList: OrganizationUserList;
        Project: Project;
        Projects: Projects;
        Role: Role;
        RoleAssignment: RoleAssignment;
        RoleCreateParams: RoleCreateParams;
        RoleDeleteResponse: RoleDeleteResponse;
        User: User;
        UserDeleteResponse: UserDeleteResponse;
        UserUpdateParams: UserUpdateParams;
    };
    responses: {
        /** @description A parameter is invalid; `param` names it. */
        BadRequest: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorResponse;
            };
        };
        /** @description The admin key lacks a permission that this operation needs. */
        Forbidden: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorResponse;
            };
        };
        /** @description The server failed to process a valid request. */
        InternalServerError: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorResponse;
            };
        };
        /** @description The path or the object that it names does not exist. */
        NotFound: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorResponse;
            };
        };
        /** @description Too many requests; `Retry-After` says when to try again. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["retry-after"];
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorResponse;
            };
        };
        /** @description The admin key is missing or unknown. */
        Unauthorized: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorResponse;
            };
        };
    };
    parameters: {
        /**
         * @description The id of the role.
         * @example role_abc
         */
        role_id: string;
        /**
         * @description The id of the user.
         * @example user_abc
         */
        user_id: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The number of seconds to wait before the next attempt.
         * @example 20
         */
        "retry-after": number;
        /**
         * @description Identifies the request. Quote it when you report a problem.
         * @example req_0123456789abcdef
         */
        "x-request-id": string;
    };
    pathItems: never;
}
export interface operations {
    "admin.organization.users.list": {
        parameters: {
            query?: {
                /**
                 * @description A cursor for pagination: the id of the object after which the page starts. Pass the `last_id` of one page to get the next.
                 * @example user-xyz
                 */
                after?: string;
                /**
                 * @description Returns only users with one of these email addresses. Repeat the parameter to pass several.
                 * @example [
                 *       "user@example.com"
                 *     ]
                 */
                emails?: string[];
                /**
                 * @description The maximum number of users on a page.
                 * @example 50
                 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of users. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": OrganizationUserList;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    "admin.organization.users.retrieve": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the user.
                 * @example user_abc
                 */
                user_id: components["parameters"]["user_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": OrganizationUser;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    "admin.organization.users.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the user.
                 * @example user_abc
                 */
                user_id: components["parameters"]["user_id"];
            };
            cookie?: never;
        };
        /** @description The properties to change. */
        requestBody: {
            content: {
                "application/json": UserUpdateParams;
            };
        };
        responses: {
            /** @description The updated user. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": OrganizationUser;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    "admin.organization.users.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the user.
                 * @example user_abc
                 */
                user_id: components["parameters"]["user_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Confirms that the user was removed. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": UserDeleteResponse;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    "admin.organization.users.roles.list": {
        parameters: {
            query?: {
                /**
                 * @description A cursor for pagination: pass the `next` of one page to get the page that follows it.
                 * @example role_abc
                 */
                after?: string;
                /**
                 * @description The maximum number of roles on a page.
                 * @example 50
                 */
                limit?: number;
                /**
                 * @description The order in which roles are returned, ascending or descending.
                 * @example asc
                 */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                /**
                 * @description The id of the user.
                 * @example user_abc
                 */
                user_id: components["parameters"]["user_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of roles. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": AssignedRoleList;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    "admin.organization.users.roles.create": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the user.
                 * @example user_abc
                 */
                user_id: components["parameters"]["user_id"];
            };
            cookie?: never;
        };
        /** @description The role to assign. */
        requestBody: {
            content: {
                "application/json": RoleCreateParams;
            };
        };
        responses: {
            /** @description The user and the role that was assigned. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": RoleAssignment;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    "admin.organization.users.roles.retrieve": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the role.
                 * @example role_abc
                 */
                role_id: components["parameters"]["role_id"];
                /**
                 * @description The id of the user.
                 * @example user_abc
                 */
                user_id: components["parameters"]["user_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The assigned role. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": AssignedRole;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    "admin.organization.users.roles.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the role.
                 * @example role_abc
                 */
                role_id: components["parameters"]["role_id"];
                /**
                 * @description The id of the user.
                 * @example user_abc
                 */
                user_id: components["parameters"]["user_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Confirms that the role was unassigned. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": RoleDeleteResponse;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
}
