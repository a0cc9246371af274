import type { Document } from '@org/openapi';

/** An option of the client that is sent as a header with every request. */
export interface HeaderOption {
  option: string;
  /** `OpenAI-Organization` */
  header: string;
  env: string | undefined;
  description: string;
}

/** What `x-client` at the root of a document says. */
export interface ReadClient {
  /** How the names of environment variables begin: `OPENAI` for `OPENAI_BASE_URL`. */
  env: string;
  headers: HeaderOption[];
  /** What is not as it must be. */
  problems: string[];
}

/**
 * Reads `x-client: { env, headers }` at the root of a document. Without `env`, variables are named after the title.
 */
export function readClient(document: Document): ReadClient {
  const given = document['x-client'] ?? {};
  const problems: string[] = [];
  if (!isObject(given)) {
    return { env: titleOf(document), headers: [], problems: ['`x-client` must be an object.'] };
  }
  for (const key of Object.keys(given)) {
    if (key !== 'env' && key !== 'headers') {
      problems.push(`\`x-client\` has the unknown key \`${key}\`. The keys are env, headers.`);
    }
  }
  const { env = titleOf(document), headers: map = {} } = given;
  if (typeof env !== 'string' || !isVariable(env)) {
    problems.push(
      '`x-client.env` must be the beginning of an environment variable, such as `ACME`.',
    );
  }
  if (!isObject(map)) problems.push('`x-client.headers` must be an object of options.');
  const headers = Object.entries(isObject(map) ? map : {}).flatMap(([option, value]) => {
    const { name, env: variable, description = '' } = isObject(value) ? value : {};
    const isValid =
      /^[a-zA-Z_$][\w$]*$/.test(option) &&
      typeof name === 'string' &&
      /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i.test(name) &&
      (variable === undefined || (typeof variable === 'string' && isVariable(variable)));
    if (!isValid) {
      problems.push(
        `\`x-client.headers.${option}\` must be an option with the \`name\` of a header and, if there is one, the \`env\` that has its value.`,
      );
      return [];
    }
    return [{ option, header: name, env: variable, description: String(description) }];
  });
  return { env: String(env), headers, problems };
}

function isVariable(text: string): boolean {
  return /^[A-Za-z_]\w*$/.test(text);
}

/** `Acme: shops & more` → `ACME_SHOPS_MORE` */
function titleOf({ info }: Document): string {
  const words = (info?.title ?? '').toUpperCase().match(/[A-Z0-9]+/g) ?? [];
  const name = words.join('_');
  return isVariable(name) ? name : `API${name ? `_${name}` : ''}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
