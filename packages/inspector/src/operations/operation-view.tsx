import type { VNode } from 'preact';
import type { OperationInfo } from '../api/types.ts';
import { hashOf } from '../route.ts';
import { JSONView } from '../ui/json.tsx';
import { Markdown } from '../ui/markdown.tsx';
import { PathText } from '../ui/path-text.tsx';
import { Row, SchemaView } from '../ui/schema.tsx';
import { Example } from './example.tsx';
import { SendView } from './send-view.tsx';
import { signature } from './signature.ts';

export function OperationView({ operation }: { operation: OperationInfo }): VNode {
  const { id, method, path, summary, description, collection, body, definitions } = operation;
  return (
    <article class="page operation" aria-labelledby="operation-title">
      <header>
        <h2 id="operation-title">{summary || id}</h2>
        <p class="mono wrap operation-line">
          <strong>{method.toUpperCase()}</strong> <PathText path={path} />
        </p>
        <p class="mono wrap operation-line">{signature(operation)}</p>
        {description && description !== summary && <Markdown text={description} class="prose" />}
        {collection && (
          <p class="muted">
            State: <a href={hashOf('data', collection)}>{collection}</a>
          </p>
        )}
      </header>
      <Example operation={operation} />
      <SendView operation={operation} />
      {operation.parameters.length > 0 && <Parameters operation={operation} />}
      {body?.schema && (
        <section>
          <h3>
            Request body <span class="muted">{body.required ? 'required' : 'optional'}</span>
          </h3>
          <SchemaView schema={body.schema} definitions={definitions} />
        </section>
      )}
      <Responses operation={operation} />
    </article>
  );
}

function Parameters({ operation }: { operation: OperationInfo }): VNode {
  return (
    <section>
      <h3>Parameters</h3>
      <ul class="schema">
        {operation.parameters.map(({ name, in: place, required, description, schema }) => (
          <Row
            key={`${place} ${name}`}
            name={name}
            schema={schema}
            required={required}
            definitions={operation.definitions}
            place={`in ${place}`}
            description={description || schema.description || ''}
          />
        ))}
      </ul>
    </section>
  );
}

function Responses({ operation }: { operation: OperationInfo }): VNode {
  return (
    <section>
      <h3>Responses</h3>
      {operation.responses.map(({ status, description, schema, example }) => (
        <details key={status} class="response">
          <summary>
            <span class="mono">{status}</span> {description}
          </summary>
          {schema && <SchemaView schema={schema} definitions={operation.definitions} />}
          {example !== undefined && example !== null && (
            <JSONView
              text={JSON.stringify(example, undefined, 2)}
              label={`Example of the response ${status}`}
            />
          )}
        </details>
      ))}
    </section>
  );
}
