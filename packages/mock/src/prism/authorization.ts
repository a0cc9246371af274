/**
 * The key of an `Authorization` header: the scheme in any case, at least one space, and any text. Undefined where there
 * is none. The grammar asks for a token; people who test with any key also write `Bearer My Key`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-11.4
 */
export function bearerKey(authorization: string | undefined): string | undefined {
  return /^bearer +([^\s].*)$/i.exec(authorization ?? '')?.[1]?.trimEnd();
}
