import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Schema } from '../api/types.ts';
import { constraintsOf, typeOf } from '../json/describe.ts';
import { type Definitions, type Level, levelOf, resolve } from '../json/schema.ts';
import { Markdown } from './markdown.tsx';

/** A schema as a list of its properties. What is below a property opens and closes level by level. */
export function SchemaView({
  schema,
  definitions,
}: {
  schema: Schema;
  definitions: Definitions;
}): VNode {
  const level = levelOf(schema, definitions);
  if (level) return <LevelView level={level} definitions={definitions} />;
  return (
    <p class="schema-type">
      <code>{typeOf(schema, definitions)}</code> {constraintsOf(schema, definitions).join(' · ')}
    </p>
  );
}

function LevelView({ level, definitions }: { level: Level; definitions: Definitions }): VNode {
  const { properties, alternatives, others } = level;
  return (
    <ul class="schema">
      {properties.map(({ name, schema, required }) => (
        <Row key={name} name={name} schema={schema} required={required} definitions={definitions} />
      ))}
      {others && <Row title={others.title} schema={others.schema} definitions={definitions} />}
      {alternatives.map((schema, i) => (
        <Row key={i} title={i === 0 ? 'either' : 'or'} schema={schema} definitions={definitions} />
      ))}
    </ul>
  );
}

interface RowProps {
  /** Of a property; others have a title. */
  name?: string;
  title?: string;
  schema: Schema;
  required?: boolean;
  definitions: Definitions;
  /** Where a parameter is: `in query`. */
  place?: string;
  /** Instead of the description of the schema. */
  description?: string;
}

/** A property with its type, its constraints, its description, and what is below it. */
export function Row({
  name,
  title,
  schema,
  required = false,
  definitions,
  place,
  description = resolve(schema, definitions)?.description,
}: RowProps): VNode {
  const [isOpen, setOpen] = useState(false);
  const level = levelOf(schema, definitions);
  const line = (
    <>
      {name === undefined ? (
        <span class="muted">{title}</span>
      ) : (
        <code class="schema-name">{name}</code>
      )}{' '}
      <span class="muted mono">{typeOf(schema, definitions)}</span>
      {place !== undefined && <span class="muted"> {place}</span>}
      {required && <span class="required">required</span>}
      {constraintsOf(schema, definitions).map((text) => (
        <span key={text} class="muted">
          {' '}
          · {text}
        </span>
      ))}
    </>
  );
  return (
    <li>
      {level ? (
        <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
          <summary>{line}</summary>
          {isOpen && <LevelView level={level} definitions={definitions} />}
        </details>
      ) : (
        line
      )}
      {description && <Markdown text={description} class="muted" />}
    </li>
  );
}
