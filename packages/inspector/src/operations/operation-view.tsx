import type { VNode } from 'preact';
import type { OperationInfo, Parameter } from '../api/types.ts';
import { constraintsOf, typeOf } from '../json/describe.ts';
import { hashOf } from '../route.ts';
import { JSONView } from '../ui/json.tsx';
import { PathText } from '../ui/path-text.tsx';
import { SchemaView } from '../ui/schema.tsx';
import { SendView } from './send-view.tsx';

export function OperationView({ operation }: { operation: OperationInfo }): VNode {
  const { id, method, path, summary, description, collection, body } = operation;
  return (
    <article class="page operation" aria-labelledby="operation-title">
      <header>
        <h2 id="operation-title">{summary || id}</h2>
        <p class="mono wrap operation-line">
          <strong>{method.toUpperCase()}</strong> <PathText path={path} />
        </p>
        <p class="mono wrap operation-line">{signature(operation)}</p>
        {description && description !== summary && <p class="prose">{description}</p>}
        {collection && (
          <p class="muted">
            State: <a href={hashOf('data', collection)}>{collection}</a>
          </p>
        )}
      </header>
      <SendView operation={operation} />
      {operation.parameters.length > 0 && <Parameters parameters={operation.parameters} />}
      {body?.schema && (
        <section>
          <h3>
            Request body <span class="muted">{body.required ? 'required' : 'optional'}</span>
          </h3>
          <SchemaView schema={body.schema} />
        </section>
      )}
      <Responses operation={operation} />
    </article>
  );
}

/** `client.users.list(query?)` */
function signature({ call, arguments: names }: OperationInfo): string {
  return `${call}(${names.join(', ')})`;
}

function Parameters({ parameters }: { parameters: Parameter[] }): VNode {
  return (
    <section>
      <h3>Parameters</h3>
      <ul class="schema">
        {parameters.map(({ name, in: place, required, description, schema }) => (
          <li key={`${place} ${name}`}>
            <code class="schema-name">{name}</code> <span class="muted mono">{typeOf(schema)}</span>{' '}
            <span class="muted">in {place}</span>
            {required && <span class="required">required</span>}
            {constraintsOf(schema).map((text) => (
              <span key={text} class="muted">
                {' '}
                · {text}
              </span>
            ))}
            {description && <p class="muted">{description}</p>}
          </li>
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
          {schema && <SchemaView schema={schema} />}
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
