import { type Document, deref, methods, type ParameterObject } from '@org/openapi';

/** An option of the client that is sent as a header with every request. */
export interface HeaderOption {
  option: string;
  /** `OpenAI-Organization` */
  header: string;
  env: string | undefined;
  description: string;
}

/** The keys of `x-client` at the root. */
export const rootKeys: readonly string[] = ['env', 'headers'];

/** What `x-client` at the root of a document, and on header parameters, sets for the client's options. */
export interface ReadClient {
  /** The prefix of environment variables: `OPENAI` for `OPENAI_BASE_URL`. */
  env: string;
  headers: HeaderOption[];
  /** The problems found. */
  problems: string[];
}

/**
 * Reads `x-client: { env, headers }` at the root of a document, and `x-client: { option, env }` on header parameters.
 * Without `env`, variables are named after the title.
 */
export function readClient(document: Document): ReadClient {
  const given = document['x-client'] ?? {};
  const problems: string[] = [];
  if (!isObject(given)) {
    return { env: titleOf(document), headers: [], problems: ['`x-client` must be an object.'] };
  }
  const { env = titleOf(document), headers: map = {} } = given;
  if (typeof env !== 'string' || !isVariable(env)) {
    problems.push('`x-client.env` must be a prefix of environment variables, such as `ACME`.');
  }
  if (!isObject(map)) problems.push('`x-client.headers` must be an object of options.');
  const options = new Map(Object.entries(isObject(map) ? map : {}));
  for (const { name, description, 'x-client': client } of optionParameters(document)) {
    const { option, env: variable } = client;
    const before = options.get(option);
    if (before === undefined) options.set(option, { name, env: variable, description });
    else if (`${(before as { name?: unknown }).name}`.toLowerCase() !== name.toLowerCase())
      problems.push(`\`${option}\` is the option of two headers. Choose another name for one.`);
  }
  const headers = [...options].flatMap(([option, value]) => {
    const { name, env: variable, description = '' } = isObject(value) ? value : {};
    const isValid =
      /^[a-zA-Z_$][\w$]*$/.test(option) &&
      typeof name === 'string' &&
      /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i.test(name) &&
      (variable === undefined || (typeof variable === 'string' && isVariable(variable)));
    if (!isValid) {
      problems.push(
        `\`x-client.headers.${option}\` must be an option with the \`name\` of a header and optionally the \`env\` that has its value.`,
      );
      return [];
    }
    return [{ option, header: name, env: variable, description: String(description) }];
  });
  return { env: String(env), headers, problems };
}

type OptionParameter = ParameterObject & { 'x-client': { option: string; env?: unknown } };

/** Whether a header parameter is an option of the client: `x-client: { option: tenant }`. */
export function isOption(parameter: ParameterObject): parameter is OptionParameter {
  const { in: place, 'x-client': client } = parameter;
  return place === 'header' && isObject(client) && typeof client['option'] === 'string';
}

function optionParameters(document: Document): OptionParameter[] {
  return Object.values(document.paths ?? {}).flatMap((item) =>
    [item, ...methods.flatMap((method) => item[method] ?? [])]
      .flatMap(({ parameters = [] }) => parameters.map((each) => deref(document, each)))
      .filter((each) => isOption(each)),
  );
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
