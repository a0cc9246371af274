import { SpecProblems } from '../problems.ts';
import { looseJSON } from './json.ts';

/**
 * Refuses what is not an OpenAPI document of a version that can be read.
 *
 * @param text of the document
 * @throws {SpecProblems} that says what the document is, and what to do
 */
export function checkVersion(parsed: unknown, main: string, text: string): void {
  const document = (parsed ?? {}) as Record<string, unknown>;
  const { openapi } = document;
  if (typeof openapi === 'string' && /^3\.[012](\.|$)/.test(openapi)) return;
  // With comments, JSON is YAML that has other keys.
  const loose = main.endsWith('.json') && text.trim() !== '' ? looseJSON(main, text) : undefined;
  if (loose) throw new SpecProblems([loose]);
  const found =
    typeof openapi === 'number'
      ? `the number ${openapi}. Write the whole version in quotes, such as \`openapi: '3.1.0'\``
      : openapi !== undefined
        ? `OpenAPI ${String(openapi)}`
        : (kindOf(document, text) ?? 'no key `openapi`');
  const message = `Expected an OpenAPI document of version 3.0, 3.1 or 3.2: found ${found}.`;
  const location = { file: main, line: 1, column: 1 };
  throw new SpecProblems([{ id: 'version', message, location, place: '' }]);
}

/** What people take for an OpenAPI document, or what a server sends instead of one. */
function kindOf(document: Record<string, unknown>, text: string): string | undefined {
  const { swagger, swaggerVersion = swagger, info, log, $schema } = document;
  const has = (name: string) => document[name] !== undefined;
  if (swaggerVersion !== undefined)
    return `Swagger ${String(swaggerVersion)}. Convert the document first, with \`npx swagger2openapi\` for example`;
  if (has('asyncapi')) return 'an AsyncAPI document';
  if (has('arazzo')) return 'an Arazzo document';
  if (has('overlay')) return 'an OpenAPI Overlay. Name the document that it changes';
  if (/postman/i.test(JSON.stringify(info ?? '')) && has('item'))
    return 'a Postman collection. Export it as OpenAPI first';
  if (has('__export_format') || /insomnia/i.test(String(document['type'])))
    return 'an Insomnia export. Export the design document instead';
  if (typeof log === 'object' && log !== null && 'entries' in log) return 'recorded requests (HAR)';
  if ($schema !== undefined && !has('paths')) return 'a JSON Schema';
  if (/^\s*<!doctype html|^\s*<html/i.test(text))
    return 'an HTML page. Save the document itself, not the page that shows it';
  if (/^\s*<\?xml|^\s*<\w/.test(text)) return 'XML';
  if (/^#%RAML/.test(text)) return 'a RAML document';
  return text.trim() === '' ? 'no key `openapi`: the file is empty' : undefined;
}
