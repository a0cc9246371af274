export type Schema = Record<string, unknown>;

/** A document of one operation, which the changes are made to. */
export function documentOf(operation: object = {}, more: object = {}): object {
  const whole = { operationId: 'list', responses: { 200: { description: 'ok' } }, ...operation };
  const info = { title: 'T', version: '1.0.0' };
  return { openapi: '3.1.0', info, paths: { '/things': { get: whole } }, ...more };
}

/** The schema as an optional query parameter. */
export function parameter(schema: Schema, more: object = {}): object {
  return documentOf({ parameters: [{ name: 'q', in: 'query', schema, ...more }] });
}

/** The schema as a property of the response. */
export function response(schema: Schema, components: object = {}): object {
  const body = { type: 'object', properties: { p: schema } };
  return documentOf(
    {
      responses: { 200: { description: 'ok', content: { 'application/json': { schema: body } } } },
    },
    { components },
  );
}

/** The schema as a property of the request's body. */
export function request(schema: Schema, components: object = {}): object {
  const body = { type: 'object', properties: { p: schema } };
  return documentOf(
    { requestBody: { content: { 'application/json': { schema: body } } } },
    { components },
  );
}
