import type { VNode } from 'preact';
import type { Schema } from '../api/types.ts';
import { constraintsOf, typeOf } from '../json/describe.ts';

/** A schema as a list of its properties, nested ones below their parent. */
export function SchemaView({ schema, depth = 0 }: { schema: Schema; depth?: number }): VNode {
  const object = objectOf(schema);
  const properties = Object.entries(object?.properties ?? {});
  if (properties.length === 0 || depth > 5) {
    return (
      <p class="schema-type">
        <code>{typeOf(schema)}</code> {constraintsOf(schema).join(' · ')}
      </p>
    );
  }
  return (
    <ul class="schema">
      {properties.map(([name, property]) => (
        <li key={name}>
          <code class="schema-name">{name}</code> <span class="muted mono">{typeOf(property)}</span>
          {object?.required?.includes(name) && <span class="required">required</span>}
          {constraintsOf(property).map((text) => (
            <span key={text} class="muted">
              {' '}
              · {text}
            </span>
          ))}
          {property.description && <p class="muted">{property.description}</p>}
          {objectOf(property)?.properties && <SchemaView schema={property} depth={depth + 1} />}
        </li>
      ))}
    </ul>
  );
}

/** The schema that has the properties: itself, its items, or one of its alternatives. */
function objectOf(schema: Schema): Schema | undefined {
  if (schema.properties) return schema;
  if (schema.items) return objectOf(schema.items);
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return parts.map(objectOf).find((one) => one !== undefined);
}
