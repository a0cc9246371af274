import { getHttpOperationsFromSpec } from '@stoplight/prism-http';

/** The mock's generated files, by their path in the repository: the spec as Prism wants it. Writes nothing. */
export async function generateOperations(bundled: string): Promise<Record<string, string>> {
  const document = JSON.parse(bundled);
  const operations = await getHttpOperationsFromSpec(document);
  for (const { request } of operations) {
    // Prism validates what is there, even if it is empty, at every request.
    for (const part of ['headers', 'cookie', 'path'] as const) {
      if (request?.[part]?.length === 0) delete request[part];
    }
  }
  const content = {
    $comment:
      'Generated from spec/openapi.yaml by @stoplight/prism-http. Do not edit: run `pnpm generate`.',
    basePath: new URL(document.servers[0].url).pathname.replace(/\/$/, ''),
    operations,
  };
  return { 'packages/mock/src/operations.gen.json': `${JSON.stringify(content, null, 2)}\n` };
}
