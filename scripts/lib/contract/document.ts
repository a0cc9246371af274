/** The parts of an OpenAPI document that the contract check reads, with parameters resolved. */
export interface Document {
  paths: Record<string, Record<string, unknown>>;
}

/** An operation that only reads. */
export interface SafeOperation {
  /** Path template: `/organization/users/{user_id}`. */
  path: string;
  operationId: string;
}

/** The GET operations, those with shorter paths first, so that a list precedes its items. */
export function safeOperations({ paths }: Document): SafeOperation[] {
  const depth = (path: string) => path.split('/').length;
  return Object.entries(paths)
    .flatMap(([path, item]) => {
      const operation = item['get'] as { operationId?: string } | undefined;
      return operation ? [{ path, operationId: operation.operationId ?? path }] : [];
    })
    .sort((a, b) => depth(a.path) - depth(b.path));
}
