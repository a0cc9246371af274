import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';

const header = `// Generated from spec/openapi.yaml by openapi-typescript. Do not edit: run \`pnpm generate\`.

`;

/** The generated files of `@org/types`, by their path in the repository. Writes nothing. */
export async function generateTypes(bundled: string): Promise<Record<string, string>> {
  const ast = await openapiTS(JSON.parse(bundled) as OpenAPI3, {
    alphabetize: true,
    // A parameter that has a default may still be left out of a request.
    defaultNonNullable: false,
  });
  return { 'packages/types/src/openapi.gen.d.ts': header + astToString(ast) };
}
