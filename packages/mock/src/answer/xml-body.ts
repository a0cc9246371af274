import { type Operation, responseSchema } from '../api/api.ts';
import type { Answer } from './answer.ts';

/** Writes the body of an answer as XML if that is its content type: Prism's mocker makes values, and no texts. */
export async function withXML(operation: Operation, answer: Answer): Promise<Answer> {
  const { status, headers, body } = answer;
  if (!/[/+]xml\b/i.test(headers['content-type'] ?? '') || !/^[[{]/.test(body)) return answer;
  const { default: Builder } = await import('fast-xml-builder');
  const value: unknown = JSON.parse(body);
  const root = nameOf(operation, status) ?? 'root';
  const content = Array.isArray(value) ? { item: value } : value;
  return { ...answer, body: new Builder({}).build({ [root]: content }) };
}

/** What the document calls the element of a response. */
function nameOf(operation: Operation, status: number): string | undefined {
  const { xml } = (responseSchema(operation, status) ?? {}) as { xml?: { name?: unknown } };
  const name = xml?.name;
  return typeof name === 'string' && /^[a-z_][\w.-]*$/i.test(name) ? name : undefined;
}
