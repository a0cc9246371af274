/** The parts of an OpenAPI document that are read here. Anything may be missing or a reference. */
export interface Document {
  info?: { title?: string; version?: string };
  'x-client'?: unknown;
  servers?: Server[];
  security?: SecurityRequirement[];
  tags?: { name: string; description?: string }[];
  paths?: Record<string, PathItem>;
  components?: {
    schemas?: Record<string, Schema>;
    securitySchemes?: Record<string, SecurityScheme | Reference>;
    [kind: string]: unknown;
  };
  webhooks?: Record<string, unknown>;
  'x-webhooks'?: Record<string, unknown>;
}

export interface Server {
  url: string;
  variables?: Record<string, { default?: string }>;
}

/** The schemes that a request needs at once, by name; of several requirements, one is enough. */
export type SecurityRequirement = Record<string, string[]>;

export interface SecurityScheme {
  description?: string;
  'x-client'?: unknown;
  type?: string;
  scheme?: string;
  in?: string;
  name?: string;
}

/** The HTTP methods that the client and the mock support. */
export const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof methods)[number];

export type PathItem = {
  servers?: Server[];
  parameters?: (ParameterObject | Reference)[];
  'x-mock'?: unknown;
} & { [method in Method]?: OperationObject };

export interface OperationObject {
  operationId?: string;
  summary?: string;
  description?: string;
  deprecated?: boolean;
  tags?: string[];
  parameters?: (ParameterObject | Reference)[];
  requestBody?: BodyObject | Reference;
  responses?: Record<string, ResponseObject | Reference>;
  servers?: Server[];
  security?: SecurityRequirement[];
  callbacks?: Record<string, unknown>;
  'x-mock'?: unknown;
  'x-client'?: unknown;
}

export interface ParameterObject {
  name: string;
  in: string;
  description?: string;
  required?: boolean;
  style?: string;
  explode?: boolean;
  allowReserved?: boolean;
  schema?: Schema;
  content?: Record<string, MediaType>;
  example?: unknown;
  'x-client'?: unknown;
}

export interface BodyObject {
  required?: boolean;
  description?: string;
  content?: Record<string, MediaType>;
}

export interface ResponseObject {
  description?: string;
  headers?: Record<string, unknown>;
  content?: Record<string, MediaType>;
  links?: Record<string, unknown>;
}

/** How a property of a form is sent. */
export interface Encoding {
  contentType?: string;
  headers?: Record<string, unknown>;
  style?: string;
  explode?: boolean;
  allowReserved?: boolean;
}

export interface MediaType {
  schema?: Schema;
  itemSchema?: Schema;
  encoding?: Record<string, Encoding>;
  example?: unknown;
  examples?: Record<string, { value?: unknown } | Reference>;
}

export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  contentEncoding?: string;
  contentMediaType?: string;
  default?: unknown;
  minimum?: number;
  nullable?: boolean;
  description?: string;
  example?: unknown;
  examples?: unknown[];
  readOnly?: boolean;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  'x-mock'?: unknown;
}

export interface Reference {
  $ref: string;
}
