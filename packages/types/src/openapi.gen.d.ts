// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

/** A role assigned to a user. */
export interface AssignedRole {
    /** The principals that give the user the role, if known. */
    assignment_sources: AssignmentSource[] | null;
    /** When the role was created, in Unix seconds. Format: unixtime. */
    created_at: number | null;
    /**
     * The id of the user who created the role.
     * @example user_abc
     */
    created_by: string | null;
    /** Details of the user who created the role. */
    created_by_user_obj: {
        [key: string]: unknown;
    } | null;
    /**
     * The purpose of the role.
     * @example Manages the users of the organization.
     */
    description: string | null;
    /**
     * The id of the role.
     * @example role_abc
     */
    id: string;
    /** Additional properties of the role. */
    metadata: {
        [key: string]: unknown;
    } | null;
    /**
     * The role's name.
     * @example User administrator
     */
    name: string;
    /** The actions that the role allows, such as `api.organization.users.read`. */
    permissions: string[];
    /** Whether the role is built in and managed by the provider of the API. */
    predefined_role: boolean;
    /**
     * The kind of resource that the role applies to, such as `api.organization`.
     * @example api.organization
     */
    resource_type: string;
    /** When the role was last changed, in Unix seconds. Format: unixtime. */
    updated_at: number | null;
}
export declare namespace AssignedRole {
    export { type AssignmentSource };
}

/** A page of the roles assigned to a user. */
export interface AssignedRoleList {
    /** The roles on this page. */
    data: AssignedRole[];
    /** Whether there are more roles after this page. */
    has_more: boolean;
    /** The cursor of the next page, to pass as `after`, or null on the last page. */
    next: string | null;
    /** The type of the object, always `list`. */
    object: "list";
}
export declare namespace AssignedRoleList {
    export { type AssignedRole as Data };
}

/** A principal that gives a user a role, such as the user or a group. */
export interface AssignmentSource {
    /**
     * The id of the principal.
     * @example user_abc
     */
    principal_id: string;
    /**
     * The kind of principal, such as `user` or `group`.
     * @example user
     */
    principal_type: string;
}

/** The details of the error. */
export interface ErrorObject {
    /** A machine-readable code, or null if the error has none. */
    code: string | null;
    /** A human-readable message. */
    message: string;
    /** The invalid parameter, or null if the error is not about one. */
    param: string | null;
    /** The kind of error. */
    type: string;
}

/** The body of every response that reports an error. */
export interface ErrorResponse {
    error: ErrorObject;
}
export declare namespace ErrorResponse {
    export { type ErrorObject as Error };
}

/** A person or a service account that belongs to the organization. */
export interface OrganizationUser {
    /** When the user joined the organization, in Unix seconds. Format: unixtime. */
    added_at: number;
    /** When one of the user's API keys was last used, in Unix seconds. Format: unixtime. */
    api_key_last_used_at?: number | null;
    /** When the user was created, in Unix seconds. Format: unixtime. */
    created?: number;
    /**
     * The kind of development that the user says they do.
     * @example backend
     */
    developer_persona?: string | null;
    /** The user's email address. */
    email?: string | null;
    /**
     * The id of the user, which other calls refer to.
     * @example user_abc
     */
    id: string;
    /** Whether this is the user's default organization. */
    is_default?: boolean;
    /** Whether the user may purchase Scale Tier for the organization. */
    is_scale_tier_authorized_purchaser?: boolean | null;
    /** Whether an identity provider manages the user through SCIM. */
    is_scim_managed?: boolean;
    /** Whether the user is a service account rather than a person. */
    is_service_account?: boolean;
    /** The user's name. */
    name?: string | null;
    /** The type of the object, always `organization.user`. */
    object: "organization.user";
    /** The projects that the user belongs to. */
    projects?: Projects | null;
    /**
     * The user's role in the organization, such as `owner` or `reader`. Other values may be added.
     * @example reader
     */
    role?: string | null;
    /**
     * How much technical experience the user says they have.
     * @example beginner
     */
    technical_level?: string | null;
    user?: User;
}
export declare namespace OrganizationUser {
    export { type Projects, type User };
}

/** A page of users. */
export interface OrganizationUserList {
    /** The users on this page. */
    data: OrganizationUser[];
    /** The cursor of the first user on this page. */
    first_id?: string | null;
    /** Whether there are more users after this page. */
    has_more: boolean;
    /** The cursor of the last user on this page. Pass it as `after` to get the next page. */
    last_id?: string | null;
    /** The type of the object, always `list`. */
    object: "list";
}
export declare namespace OrganizationUserList {
    export { type OrganizationUser as Data };
}

/** A project that a user belongs to, and the user's role in it. */
export interface Project {
    /**
     * The id of the project.
     * @example proj_abc
     */
    id?: string | null;
    /**
     * The project's name.
     * @example Search
     */
    name?: string | null;
    /**
     * The user's role in the project.
     * @example member
     */
    role?: string | null;
}

/** The projects that a user belongs to. */
export interface Projects {
    /** The user's projects. */
    data: Project[];
    /** The type of the object, always `list`. */
    object: "list";
}
export declare namespace Projects {
    export { type Project as Data };
}

/** A set of permissions that can be assigned to users. */
export interface Role {
    /** The purpose of the role. */
    description: string | null;
    /**
     * The id of the role.
     * @example role_abc
     */
    id: string;
    /** The role's name. */
    name: string;
    /** The type of the object, always `role`. */
    object: "role";
    /** The actions that the role allows, such as `api.organization.users.read`. */
    permissions: string[];
    /** Whether the role is built in and managed by the provider of the API. */
    predefined_role: boolean;
    /**
     * The kind of resource that the role applies to, such as `api.organization`.
     * @example api.organization
     */
    resource_type: string;
}

/** The assignment of a role to a user. */
export interface RoleAssignment {
    /** The type of the object, always `user.role`. */
    object: "user.role";
    role: Role;
    user: OrganizationUser;
}
export declare namespace RoleAssignment {
    export { type OrganizationUser as User, type Role };
}

/** The role to assign to a user. */
export interface RoleCreateParams {
    /** The id of the role to assign. */
    role_id: string;
}

/** Confirms that a role was unassigned. */
export interface RoleDeleteResponse {
    /** Whether the role was unassigned. */
    deleted: boolean;
    /**
     * The type of the object, such as `user.role.deleted`.
     * @example user.role.deleted
     */
    object: string;
}

/** The account behind a member of the organization. */
export interface User {
    /** Whether the account is banned. */
    banned?: boolean | null;
    /** When the account was banned, in Unix seconds. Format: unixtime. */
    banned_at?: number | null;
    /** The account's email address. */
    email?: string | null;
    /** Whether the account is enabled. */
    enabled?: boolean | null;
    /**
     * The id of the account.
     * @example user_abc
     */
    id: string;
    /** The name on the account. */
    name?: string | null;
    /** The type of the object, always `user`. */
    object: "user";
    /** The URL of the account's picture. */
    picture?: string | null;
}

/** Confirms that a user was removed from the organization. */
export interface UserDeleteResponse {
    /** Whether the user was removed. */
    deleted: boolean;
    /** The id of the removed user. */
    id: string;
    /** The type of the object, always `organization.user.deleted`. */
    object: "organization.user.deleted";
}

/** The properties of a user to change. */
export interface UserUpdateParams {
    /** The kind of development that the user says they do. */
    developer_persona?: string | null;
    /** The user's role in the organization, `owner` or `reader`. Other values may be added. */
    role?: string | null;
    /** The id of a role to give to the user. */
    role_id?: string | null;
    /** How much technical experience the user says they have. */
    technical_level?: string | null;
}

/** The parameters of `list`: List users. */
export interface UserListParams {
    /**
     * A cursor for pagination: the id of the object after which the page starts. Pass the `last_id` of one page to get the next.
     *
     * @example 'user-xyz'
     */
    after?: string;
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
     * A cursor for pagination: pass the `next` of one page to get the page that follows it.
     *
     * @example 'role_abc'
     */
    after?: string;
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
        /** Returns the users of the organization, one page at a time. */
        get: operations["admin.organization.users.list"];
    };
    "/organization/users/{user_id}": {
        /** Returns one user of the organization. */
        get: operations["admin.organization.users.retrieve"];
        /** Changes a user's role or profile and returns the updated user. Properties that the body leaves out keep their value. */
        post: operations["admin.organization.users.update"];
        /** Removes a user from the organization, together with the roles assigned to them. */
        delete: operations["admin.organization.users.delete"];
    };
    "/organization/users/{user_id}/roles": {
        /** Returns the roles assigned to a user, one page at a time. */
        get: operations["admin.organization.users.roles.list"];
        /** Assigns a role to a user. The user keeps the roles they already have. */
        post: operations["admin.organization.users.roles.create"];
    };
    "/organization/users/{user_id}/roles/{role_id}": {
        /** Returns one of the roles assigned to a user. */
        get: operations["admin.organization.users.roles.retrieve"];
        /** Removes a role from a user. The role itself and the user's other roles stay. */
        delete: operations["admin.organization.users.roles.delete"];
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
        /** A parameter is invalid; `param` names it. */
        BadRequest: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorResponse;
            };
        };
        /** The admin key lacks a permission that this operation needs. */
        Forbidden: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorResponse;
            };
        };
        /** The server failed to process a valid request. */
        InternalServerError: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorResponse;
            };
        };
        /** The path or the object that it names does not exist. */
        NotFound: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": ErrorResponse;
            };
        };
        /** Too many requests; `Retry-After` has the time to wait. */
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
        /** The admin key is missing or unknown. */
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
         * The id of the role.
         * @example role_abc
         */
        role_id: string;
        /**
         * The id of the user.
         * @example user_abc
         */
        user_id: string;
    };
    headers: {
        /**
         * The number of seconds to wait before the next attempt.
         * @example 20
         */
        "retry-after": number;
        /**
         * The id of the request. Include it when you report a problem.
         * @example req_0123456789abcdef
         */
        "x-request-id": string;
    };
}
export interface operations {
    "admin.organization.users.list": {
        parameters: {
            query?: {
                /**
                 * A cursor for pagination: the id of the object after which the page starts. Pass the `last_id` of one page to get the next.
                 * @example user-xyz
                 */
                after?: string | null;
                /**
                 * Returns only users with one of these email addresses. Repeat the parameter to pass several.
                 * @example [ "user@example.com" ]
                 */
                emails?: string[];
                /**
                 * The maximum number of users on a page.
                 * @example 50
                 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        responses: {
            /** A page of users. */
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
                 * The id of the user.
                 * @example user_abc
                 */
                user_id: components["parameters"]["user_id"];
            };
            cookie?: never;
        };
        responses: {
            /** The user. */
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
                 * The id of the user.
                 * @example user_abc
                 */
                user_id: components["parameters"]["user_id"];
            };
            cookie?: never;
        };
        /** The properties to change. */
        requestBody: {
            content: {
                "application/json": UserUpdateParams;
            };
        };
        responses: {
            /** The updated user. */
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
                 * The id of the user.
                 * @example user_abc
                 */
                user_id: components["parameters"]["user_id"];
            };
            cookie?: never;
        };
        responses: {
            /** Confirms that the user was removed. */
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
                 * A cursor for pagination: pass the `next` of one page to get the page that follows it.
                 * @example role_abc
                 */
                after?: string | null;
                /**
                 * The maximum number of roles on a page.
                 * @example 50
                 */
                limit?: number;
                /**
                 * The order in which roles are returned, ascending or descending.
                 * @example asc
                 */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                /**
                 * The id of the user.
                 * @example user_abc
                 */
                user_id: components["parameters"]["user_id"];
            };
            cookie?: never;
        };
        responses: {
            /** A page of roles. */
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
                 * The id of the user.
                 * @example user_abc
                 */
                user_id: components["parameters"]["user_id"];
            };
            cookie?: never;
        };
        /** The role to assign. */
        requestBody: {
            content: {
                "application/json": RoleCreateParams;
            };
        };
        responses: {
            /** The user and the role that was assigned. */
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
                 * The id of the role.
                 * @example role_abc
                 */
                role_id: components["parameters"]["role_id"];
                /**
                 * The id of the user.
                 * @example user_abc
                 */
                user_id: components["parameters"]["user_id"];
            };
            cookie?: never;
        };
        responses: {
            /** The assigned role. */
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
                 * The id of the role.
                 * @example role_abc
                 */
                role_id: components["parameters"]["role_id"];
                /**
                 * The id of the user.
                 * @example user_abc
                 */
                user_id: components["parameters"]["user_id"];
            };
            cookie?: never;
        };
        responses: {
            /** Confirms that the role was unassigned. */
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
