import { type Document, deref, type Schema, schemaName, shapeOf, valuesOf } from '@org/openapi';
import { closure } from '../read/closure.ts';
import { keywordNodes } from '../read/keyword-nodes.ts';

interface Discriminator {
  propertyName?: string;
  mapping?: Record<string, string>;
}

/** The values of one property by schema name: those of a mapping, and names of schemas that no mapping mentions. */
interface Values {
  mapped: Map<string, Set<string>>;
  implied: Map<string, Set<string>>;
}

/** Whether a document has a discriminator with a mapping. */
export function hasMapping(document: Document): boolean {
  for (const { discriminator } of keywordNodes(document))
    if ((discriminator as Discriminator | null | undefined)?.mapping) return true;
  return false;
}

/**
 * Replaces discriminators by the values that they give a property of each schema, as far as the schema allows those
 * values. Names of schemas count as values only for schemas that the document names. Changes the document.
 *
 * @param isNamed whether the document itself has a schema of that name
 * @see https://spec.openapis.org/oas/v3.1.1.html#discriminator-object
 */
export function stateDiscriminators(document: Document, isNamed: (name: string) => boolean): void {
  const schemas = document.components?.schemas ?? {};
  const children = childrenOf(schemas);
  const found = new Map<string, Values>();
  const owners = new Map(Object.entries(schemas).map(([name, schema]) => [schema as object, name]));
  for (const node of keywordNodes(document)) {
    const { propertyName, mapping = {} } = (node['discriminator'] as Discriminator | null) ?? {};
    delete node['discriminator'];
    if (typeof propertyName !== 'string') continue;
    const values = found.get(propertyName) ?? { mapped: new Map(), implied: new Map() };
    found.set(propertyName, values);
    const mapped = new Set<string>();
    for (const [value, target] of Object.entries(mapping)) {
      const name = Object.hasOwn(schemas, target) ? target : schemaName({ $ref: target });
      if (name === undefined) continue;
      mapped.add(name);
      add(values.mapped, name, value);
    }
    const { oneOf = [], anyOf = [] } = node as Schema;
    const heirs = descendantsOf(owners.get(node), children);
    for (const name of [...[...oneOf, ...anyOf].map(schemaName), ...heirs])
      if (name !== undefined && isNamed(name) && !mapped.has(name)) add(values.implied, name, name);
  }
  for (const [property, values] of found) {
    const own = (name: string) => values.mapped.get(name) ?? values.implied.get(name) ?? [];
    // All shapes are read before the first schema changes.
    const narrowed = Object.entries(schemas).flatMap(([name, schema]) => {
      const said = new Set(
        [name, ...descendantsOf(name, children)].flatMap((each) => [...own(each)]),
      );
      const stated = shapeOf(document, schema).get(property);
      if ([...own(name)].length === 0 || !stated) return [];
      const value = deref(document, stated.schema) ?? {};
      const known = valuesOf(value);
      const left = known.length > 0 ? known.filter((each) => said.has(each as string)) : [...said];
      const isText = known.length > 0 || [value.type].flat().includes('string');
      return isText && left.length > 0 && left.length !== known.length
        ? [{ schema, left, stated }]
        : [];
    });
    for (const { schema, left, stated } of narrowed) {
      const { description } = stated.schema;
      const value = { ...(description ? { description } : {}), type: 'string', enum: left };
      if (schema.properties?.[property]) schema.properties[property] = value;
      else {
        const required = stated.required ? { required: [property] } : {};
        const part = { type: 'object', ...required, properties: { [property]: value } };
        schema.allOf = [...(schema.allOf ?? []), part];
      }
    }
  }
}

/** The schemas that extend each schema by `allOf`. */
function childrenOf(schemas: Record<string, Schema>): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const [name, { allOf = [] }] of Object.entries(schemas))
    for (const parent of allOf.map(schemaName))
      if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), name]);
  return children;
}

function descendantsOf(name: string | undefined, children: Map<string, string[]>): Set<string> {
  const of = (each: string) => children.get(each) ?? [];
  return closure(name === undefined ? [] : of(name), of);
}

function add(values: Map<string, Set<string>>, name: string, value: string): void {
  values.set(name, (values.get(name) ?? new Set()).add(value));
}
