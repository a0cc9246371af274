import { requestOptions } from '../model/client-core.ts';
import type { Operation, Parameter, ParameterStyle } from '../model/model.ts';
import { isMultipart } from '../read/media-types.ts';
import type { Signature } from './signatures.ts';
import { literal, propertyName, quote } from './text.ts';

const optionNames: ReadonlySet<string> = new Set(requestOptions);

/** The options that a generated method passes on. */
export interface RequestParts {
  /** The statement that takes the parts out of the params. */
  setup: string;
  /** The path: a text, or a call that writes it. */
  path: string;
  parts: string[];
  /** The options, with header parameters if there are some. */
  options: string;
  /** The functions of the client's core that these need, by file. */
  helpers: { file: string; name: string }[];
}

/** The parts of a request. */
export function partsOf(operation: Operation, { positional, params }: Signature): RequestParts {
  const { pathParams, query, headers, body } = operation;
  const parts: string[] = [];
  const helpers: RequestParts['helpers'] = [];
  let setup = '';
  const mixed = params?.name === 'params';
  // A separate variable for each parameter, whatever its name.
  const local = new Map<Parameter, string>();
  const taken = new Set([positional?.name, 'options', 'query', 'body', 'params']);
  for (const parameter of [...pathParams, ...query, ...headers]) {
    const { property, argument } = parameter;
    const plain =
      /^[A-Za-z_$][\w$]*$/.test(property) &&
      argument.toLowerCase() === property.replaceAll('_', '').toLowerCase();
    let variable = plain ? property : argument;
    while (taken.has(variable)) variable += '_';
    taken.add(variable);
    local.set(parameter, variable);
  }
  const multipart = body !== undefined && isMultipart(body.mediaType);
  // The client refuses a body that is undefined: without the params, there is none; null sends none.
  const given = mixed && body?.required && !body.isProperty ? 'params && body' : 'body';
  const value = body && !body.required ? 'body ?? null' : given;
  const indexed = (body?.indexed ?? []).map(
    (name) => `${propertyName(name)}: ['deepObject', true]`,
  );
  const styledBody =
    indexed.length > 0 ? `styledQuery(${value}, { ${indexed.join(', ')} })` : value;
  if (indexed.length > 0) helpers.push({ file: 'styles', name: 'styledQuery' });
  const written = multipart ? `toFormData(${value})` : styledBody;
  const bodyPart = written === 'body' ? 'body' : `body: ${written}`;
  const variableOf = (parameter: Parameter) => local.get(parameter) ?? parameter.property;
  const entry = (key: string, value: string) =>
    key === value ? key : `${propertyName(key)}: ${value}`;
  const bind = (parameter: Parameter) => entry(parameter.property, variableOf(parameter));
  const send = (parameter: Parameter) => entry(parameter.name, variableOf(parameter));
  const last = operation.positional;
  const inPath = [...pathParams, ...(last && positional ? [last] : [])];
  const argumentOf = (parameter: Parameter) =>
    parameter === last && positional ? positional.name : variableOf(parameter);
  let path = quote(operation.path);
  if (inPath.some(({ style }) => style)) {
    const values = inPath.map(
      (parameter) =>
        `${propertyName(parameter.name)}: [${argumentOf(parameter)}, ${styleText(parameter.style ?? simple)}]`,
    );
    path = `writePath(${path}, { ${values.join(', ')} })`;
    helpers.push({ file: 'styles', name: 'writePath' });
  } else if (inPath.length > 0) {
    const values = inPath.map((parameter) => entry(parameter.name, argumentOf(parameter)));
    parts.push(`path: { ${values.join(', ')} }`);
  }
  const styled = query.filter(({ style }) => style);
  const withStyles = (text: string) => {
    if (styled.length === 0) return text;
    if (!helpers.some(({ name }) => name === 'styledQuery'))
      helpers.push({ file: 'styles', name: 'styledQuery' });
    const styles = styled.map(
      ({ name, style }) => `${propertyName(name)}: ${styleText(style ?? simple)}`,
    );
    return `styledQuery(${text}, { ${styles.join(', ')} })`;
  };
  const queryPart = (text: string) => {
    const written = withStyles(text);
    return written === 'query' ? 'query' : `query: ${written}`;
  };
  if (mixed) {
    const renamed = query.filter(({ name, property }) => name !== property);
    const split = [...pathParams, ...(body ? query : renamed), ...headers];
    const rest = body ? 'body' : query.length > 0 ? 'query' : undefined;
    const names = [...split.map(bind), ...(rest ? [body?.isProperty ? rest : `...${rest}`] : [])];
    // Without the params, the client reports the path parameter that is missing.
    setup = `    const { ${names.join(', ')} } = params ?? {};\n`;
    if (body && query.length > 0) parts.push(queryPart(`{ ${query.map(send).join(', ')} }`));
    if (rest === 'query' && renamed.length > 0)
      parts.push(queryPart(`{ ...query, ${renamed.map(send).join(', ')} }`));
    else if (rest) parts.push(rest === 'query' ? queryPart(rest) : bodyPart);
  } else if (params) {
    parts.push(params.name === 'query' ? queryPart(params.name) : bodyPart);
  }
  if (multipart) helpers.push({ file: 'multipart', name: 'toFormData' });
  else if (body && body.mediaType !== 'application/json' && !body.mediaType.includes('*'))
    parts.push(`type: ${quote(body.mediaType)}`);
  if (operation.result.kind === 'value' && operation.result.read !== undefined)
    parts.push(`result: '${operation.result.read}'`);
  if (operation.result.kind === 'empty') parts.push("result: 'none'");
  if (operation.accept !== undefined) parts.push(`accept: ${quote(operation.accept)}`);
  const own =
    operation.result.kind === 'page' ? query.filter(({ name }) => optionNames.has(name)) : [];
  if (own.length > 0) parts.push(`own: [${own.map(({ name }) => quote(name)).join(', ')}]`);
  if (operation.security) parts.push(`security: ${literal(operation.security)}`);
  let options = 'options';
  if (headers.length > 0) {
    const values = headers.map((parameter) => {
      const style = parameter.style ? `, ${styleText(parameter.style)}` : '';
      return `${propertyName(parameter.name)}: [${variableOf(parameter)}${style}]`;
    });
    options = `withHeaders(options, { ${values.join(', ')} })`;
    helpers.push({ file: 'header-parameters', name: 'withHeaders' });
  }
  return { setup, path, parts, options, helpers };
}

const simple: ParameterStyle = { style: 'simple', explode: false };

function styleText(style: ParameterStyle): string {
  return style === 'json' ? "'json'" : `['${style.style}', ${style.explode}]`;
}
