import {
  type Document,
  deref,
  methods,
  type OperationObject,
  type ParameterObject,
} from '@org/openapi';
import { typeName } from '../model/names.ts';

/** An option of the client that is sent as a header with every request. */
export interface HeaderOption {
  option: string;
  /** `OpenAI-Organization` */
  header: string;
  env: string | undefined;
  description: string;
}

/** The keys of `x-client` at the root. */
export const rootKeys: readonly string[] = ['name', 'aliases', 'env', 'headers'];

/** What `x-client` at the root of a document, and on header parameters, sets for the client's options. */
export interface ReadClient {
  /** The name of the client's class: `OrgClient`. The base class of its errors is `OrgClientError`. */
  name: string;
  /** Further names of the class: `OpenAI`, with `OpenAIError`. */
  aliases: string[];
  /** The prefix of environment variables: `OPENAI` for `OPENAI_BASE_URL`. */
  env: string;
  headers: HeaderOption[];
  /** The problems found, and the keys below `x-client` that they are at. */
  problems: { path: string[]; message: string }[];
}

/**
 * Reads `x-client: { name, aliases, env, headers }` at the root of a document, and `x-client: { option, env }` on header
 * parameters. Without `name` and `env`, the class and the variables are named after the title.
 */
export function readClient(document: Document): ReadClient {
  const given = document['x-client'] ?? {};
  const problems: ReadClient['problems'] = [];
  const add = (path: string[], message: string) => problems.push({ path, message });
  const defaults = { name: classNameOf(document), aliases: [], env: titleOf(document) };
  if (!isObject(given)) {
    add([], '`x-client` must be an object.');
    return { ...defaults, headers: [], problems };
  }
  const { name, aliases, env, headers: map = {} } = { ...defaults, ...given };
  if (!isClassName(name)) {
    add(
      ['name'],
      '`x-client.name` must be the name of a class that JavaScript and the client do not have, such as `AcmeClient`.',
    );
  }
  if (!Array.isArray(aliases) || !aliases.every(isClassName)) {
    add(
      ['aliases'],
      '`x-client.aliases` must be an array of names of classes that JavaScript and the client do not have, such as `[Acme]`.',
    );
  }
  if (typeof env !== 'string' || !isVariable(env)) {
    add(['env'], '`x-client.env` must be a prefix of environment variables, such as `ACME`.');
  }
  if (!isObject(map)) add(['headers'], '`x-client.headers` must be an object of options.');
  const options = new Map(Object.entries(isObject(map) ? map : {}));
  for (const { name, description, 'x-client': client } of optionParameters(document)) {
    const { option, env: variable } = client;
    const before = options.get(option);
    if (before === undefined) options.set(option, { name, env: variable, description });
    else if (`${(before as { name?: unknown }).name}`.toLowerCase() !== name.toLowerCase())
      add([], `\`${option}\` is the option of two headers. Choose another name for one.`);
  }
  const headers = [...options].flatMap(([option, value]) => {
    const { name, env: variable, description = '' } = isObject(value) ? value : {};
    const isValid =
      /^[a-zA-Z_$][\w$]*$/.test(option) &&
      typeof name === 'string' &&
      /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i.test(name) &&
      (variable === undefined || (typeof variable === 'string' && isVariable(variable)));
    if (!isValid) {
      add(
        ['headers', option],
        `\`x-client.headers.${option}\` must be an option with the \`name\` of a header and optionally the \`env\` that has its value.`,
      );
      return [];
    }
    return [{ option, header: name, env: variable, description: String(description) }];
  });
  return {
    name: isClassName(name) ? name : defaults.name,
    aliases: Array.isArray(aliases) ? aliases.filter(isClassName) : [],
    env: String(env),
    headers,
    problems,
  };
}

/** Whether the client has no method for an operation: `x-client: { ignore: true }`. */
export function isIgnored({ 'x-client': client }: OperationObject): boolean {
  return isObject(client) && client['ignore'] === true;
}

/** The name of a parameter in the params of a call: its own, or that of `x-client: { argument: queryLimit }`. */
export function propertyOf({ name, 'x-client': client }: ParameterObject): string {
  const argument = isObject(client) ? client['argument'] : undefined;
  return typeof argument === 'string' ? argument : name;
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

/** A class begins with a capital, and no reserved word does. */
function isClassName(name: unknown): name is string {
  return typeof name === 'string' && /^[A-Z]\w*$/.test(name) && typeName(name) === name;
}

/** `Acme: shops & more` → `AcmeShopsMoreClient` */
function classNameOf({ info }: Document): string {
  const words = String(info?.title ?? '').match(/[A-Za-z0-9]+/g) ?? [];
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const prefix = /^[A-Z]/.test(name) ? name : `API${name}`;
  return /Client$/.test(prefix) ? prefix : `${prefix}Client`;
}

/** `Acme: shops & more` → `ACME_SHOPS_MORE` */
function titleOf({ info }: Document): string {
  const words =
    String(info?.title ?? '')
      .toUpperCase()
      .match(/[A-Z0-9]+/g) ?? [];
  const name = words.join('_');
  return isVariable(name) ? name : `API${name ? `_${name}` : ''}`;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
