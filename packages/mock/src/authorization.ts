/**
 * The key of an `Authorization` header: the scheme in any case, at least one space, and a token, exactly as the grammar
 * says. Undefined where there is none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-11.4
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function bearerKey(authorization: string | undefined): string | undefined {
  return /^bearer +([a-z0-9\-._~+/]+=*)$/i.exec(authorization ?? '')?.[1];
}
