// Generated from spec/openapi.yaml by openapi-typescript. Do not edit: run `pnpm generate`.

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
         * @description Lists the users of the organization, one page at a time.
         */
        get: operations["listUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What went wrong. */
        Error: {
            /** @description The error's code, for programs. */
            code: string | null;
            /** @description What went wrong, for people. */
            message: string;
            /** @description The parameter that is at fault, if one is. */
            param: string | null;
            /** @description The kind of error. */
            type: string;
        };
        /** @description The body of every response that is not a success. */
        ErrorResponse: {
            error: components["schemas"]["Error"];
        };
        /** @description A person or a service account that belongs to the organization. */
        OrganizationUser: {
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
            /** @description The kind of developer that the user says to be. */
            developer_persona?: string | null;
            /** @description The user's email address. */
            email?: string | null;
            /** @description Identifies the user; other calls refer to the user by it. */
            id: string;
            /** @description Whether this is the user's default organization. */
            is_default?: boolean;
            /** @description Whether the user may purchase Scale Tier for the organization. */
            is_scale_tier_authorized_purchaser?: boolean | null;
            /** @description Whether an identity provider manages the user by SCIM. */
            is_scim_managed?: boolean;
            /** @description Whether the user is a service account instead of a person. */
            is_service_account?: boolean;
            /** @description The user's name. */
            name?: string | null;
            /**
             * @description The type of the object, always `organization.user`.
             * @constant
             */
            object: "organization.user";
            /** @description The projects that the user belongs to. */
            projects?: components["schemas"]["Projects"] | null;
            /**
             * @description The user's role in the organization. `owner` and `reader` are known, others may come.
             * @example owner
             * @example reader
             */
            role?: string | null;
            /** @description How much technical experience the user says to have. */
            technical_level?: string | null;
            user?: components["schemas"]["User"];
        };
        /** @description One page of the organization's users. */
        OrganizationUserList: {
            /** @description The users on this page. */
            data: components["schemas"]["OrganizationUser"][];
            /** @description The cursor of the first user on this page. */
            first_id?: string | null;
            /** @description Whether there are users after this page. */
            has_more: boolean;
            /** @description The cursor of the last user on this page; pass it as `after` to get the next page. */
            last_id?: string | null;
            /**
             * @description The type of the object, always `list`.
             * @constant
             */
            object: "list";
        };
        /** @description A project that a user belongs to, and what the user may do there. */
        Project: {
            /** @description Identifies the project. */
            id?: string | null;
            /** @description The project's name. */
            name?: string | null;
            /** @description The user's role in the project. */
            role?: string | null;
        };
        /** @description The projects that a user belongs to. */
        Projects: {
            /** @description The user's projects. */
            data: components["schemas"]["Project"][];
            /**
             * @description The type of the object, always `list`.
             * @constant
             */
            object: "list";
        };
        /** @description The account behind a member of the organization. */
        User: {
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
            /** @description Identifies the account. */
            id: string;
            /** @description The name on the account. */
            name?: string | null;
            /**
             * @description The type of the object, always `user`.
             * @constant
             */
            object: "user";
            /** @description The address of the account's picture. */
            picture?: string | null;
        };
    };
    responses: {
        /** @description A parameter is not as it must be; `param` names it. */
        BadRequest: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The key is known but may not do this. */
        Forbidden: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The server failed, through no fault of the request. */
        InternalServerError: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description There is nothing at this address. */
        NotFound: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description Too many requests in too short a time. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["retry-after"];
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The admin key is missing or unknown. */
        Unauthorized: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
    };
    parameters: {
        /**
         * @description A cursor: the id of the object after which the page starts. Pass the `last_id` of one page to get the page that follows it.
         * @example user-xyz
         */
        after: string;
        /**
         * @description Only users with one of these email addresses. Repeat the parameter to give several.
         * @example [
         *       "user@example.com"
         *     ]
         */
        emails: string[];
        /**
         * @description How many users a page holds at most.
         * @example 50
         */
        limit: number;
    };
    requestBodies: never;
    headers: {
        /**
         * @description How many seconds to wait before the next attempt.
         * @example 20
         */
        "retry-after": number;
        /**
         * @description Identifies this request. Quote it when you report a problem.
         * @example req_0123456789abcdef
         */
        "x-request-id": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listUsers: {
        parameters: {
            query?: {
                /**
                 * @description A cursor: the id of the object after which the page starts. Pass the `last_id` of one page to get the page that follows it.
                 * @example user-xyz
                 */
                after?: components["parameters"]["after"];
                /**
                 * @description Only users with one of these email addresses. Repeat the parameter to give several.
                 * @example [
                 *       "user@example.com"
                 *     ]
                 */
                emails?: components["parameters"]["emails"];
                /**
                 * @description How many users a page holds at most.
                 * @example 50
                 */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of users. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationUserList"];
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
