import {
  type Document,
  deref,
  methods,
  type OperationObject,
  shapeOf,
  typesOf,
} from '@org/openapi';
import { parameterName, parameterNames, plainName } from './page-names.ts';

/**
 * Describes the properties of an object in the query that asks for a page, such as springdoc's `Pageable` or JSON:API's
 * `page`, as parameters of their own, which is how they are sent. Changes the document.
 *
 * @see https://spec.openapis.org/oas/v3.1.0.html#style-values for exploded objects
 */
export function splitPageObjects(document: Document): void {
  for (const item of Object.values(document.paths ?? {})) {
    const path = deref(document, item);
    if (path?.parameters)
      path.parameters = path.parameters.flatMap((parameter) => partsOf(document, parameter));
    for (const method of methods) {
      const operation = path?.[method];
      if (operation?.parameters)
        operation.parameters = operation.parameters.flatMap((one) => partsOf(document, one));
    }
  }
}

type Listed = NonNullable<OperationObject['parameters']>[number];

function partsOf(document: Document, reference: Listed): Listed[] {
  const parameter = deref(document, reference);
  if (!parameter) return [reference];
  const { style = 'form', explode = style === 'form', schema } = parameter;
  const isDeep = style === 'deepObject';
  if (parameter.in !== 'query' || !(isDeep || (style === 'form' && explode))) return [reference];
  const shape = shapeOf(document, schema);
  const { number, offset, after, cursor, size } = parameterNames;
  const nameOf = (name: string) => (isDeep ? `${parameter.name}[${name}]` : name);
  const isPaging = [...shape.keys()].some((name) =>
    [number, offset, after, cursor, size].some((names) =>
      names.has(isDeep ? parameterName(nameOf(name)) : plainName(name)),
    ),
  );
  if (!typesOf(document, schema).has('object') || !isPaging) return [reference];
  return [...shape].map(([name, { schema: part, required }]) => {
    const description = deref(document, part)?.description;
    return {
      name: nameOf(name),
      in: 'query',
      schema: part,
      ...(description !== undefined && { description }),
      ...(required && parameter.required && { required }),
    };
  });
}
