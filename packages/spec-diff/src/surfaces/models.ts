import type { BuiltModel, Model, Operation } from '@org/codegen';
import { buildModel } from '@org/codegen/build-model';
import { signatureOf } from '@org/codegen/signatures';
import { formatProblem, SpecProblems } from '@org/openapi';
import type { Document } from '../document/spec.ts';

/** The client and the mock that follow from a document. */
export interface Languages {
  model: Model;
  built: BuiltModel;
  /** `GET /users` → the operation, also those without a method. */
  operations: Map<string, Operation>;
}

/** The model of a document, or the reason why the document cannot be mapped to a client. */
export function modelOf(document: Document): Languages | string {
  try {
    const built = buildModel(document);
    const { model } = built;
    const operations = [...model.operations, ...model.ignored].map(
      (operation) => [`${operation.method.toUpperCase()} ${operation.path}`, operation] as const,
    );
    return { model, built, operations: new Map(operations) };
  } catch (error) {
    if (error instanceof SpecProblems) {
      const [first = '', ...rest] = error.problems.map(formatProblem);
      return rest.length > 0 ? `${first} (and ${rest.length} more)` : first;
    }
    return String((error as Error).message ?? error);
  }
}

/** How a program calls an operation: `client.users.list(query?, options?)`. */
export function callOf(operation: Operation): string {
  const { positional, params } = signatureOf(operation);
  const args = [
    ...(positional ? [positional.name] : []),
    ...(params ? [`${params.name}${params.optional ? '?' : ''}`] : []),
    'options?',
  ];
  return `client.${operation.id}(${args.join(', ')})`;
}
