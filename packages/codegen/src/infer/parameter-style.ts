import { type Document, itemsOf, type ParameterObject, shapeOf, typesOf } from '@org/openapi';
import type { ParameterStyle } from '../model/model.ts';

/** The serialization of a parameter if it is not the default, or the reason why it cannot be serialized. */
export type ReadStyle = { style?: ParameterStyle } | { problem: string };

/** Styles by place. */
const styles: Readonly<Record<string, readonly string[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
};

/**
 * Reads `style`, `explode` and `content` of a parameter. Usual are texts and numbers in a `simple` path, a query in
 * `form` style whose arrays are exploded, `deepObject`, and a `simple` header.
 */
export function readStyle(document: Document, parameter: ParameterObject): ReadStyle {
  const { in: place, schema, content } = parameter;
  if (content) {
    const [type = ''] = Object.keys(content);
    const isJSON = /^application\/(.+\+)?json\b/i.test(type);
    return isJSON
      ? { style: 'json' }
      : { problem: `is described as ${type || 'nothing'}, but the client writes JSON` };
  }
  const usual = place === 'query' ? 'form' : 'simple';
  const { style = usual, explode = style === 'form' } = parameter;
  if (!styles[place]?.includes(style)) {
    return { problem: `has the style \`${style}\`, which ${place} parameters do not have` };
  }
  const types = typesOf(document, schema);
  const [isArray, isObject] = [types.has('array'), types.has('object')];
  if (isArray && style !== 'deepObject' && isNested(document, parameter, 'array')) {
    return {
      problem: 'is an array of objects or arrays, for which OpenAPI defines no serialization',
    };
  }
  if (isObject && style !== 'deepObject' && isNested(document, parameter, 'object')) {
    return {
      problem:
        'is an object with objects or arrays in it, for which OpenAPI defines no serialization in this style',
    };
  }
  const isDelimited = style === 'spaceDelimited' || style === 'pipeDelimited';
  if (isObject && isDelimited) {
    return {
      problem: `is an object with the style \`${style}\`, for which OpenAPI defines no serialization`,
    };
  }
  // Only arrays differ: OpenAPI leaves open how they are written, and most servers read `expand[0]=a`.
  if (style === 'deepObject') return isArray ? { style: { style, explode: true } } : {};
  if (place === 'path') {
    const isPlain = style === 'simple' && !isArray && !isObject && !types.has('boolean');
    return isPlain ? {} : { style: { style, explode } };
  }
  const isPlain = !isArray && !isObject && types.size > 0;
  const isUsual = place === 'query' && style === 'form' && explode && !isObject;
  return isPlain || isUsual ? {} : { style: { style, explode } };
}

/** Whether an array has objects or arrays as its items, or an object as its properties. */
function isNested(
  document: Document,
  { schema }: ParameterObject,
  kind: 'array' | 'object',
): boolean {
  const parts =
    kind === 'array'
      ? [itemsOf(document, schema)]
      : [...shapeOf(document, schema).values()].map((property) => property.schema);
  return parts.some((part) => {
    const types = typesOf(document, part);
    return types.has('object') || types.has('array');
  });
}
