import { type ReadScheme, readAuth } from '@org/codegen';
import { buildModel } from '@org/codegen/build-model';
import type { Collection, Operation, Paging } from '@org/codegen/model';
import { type Document, deref, shapeOf } from '@org/openapi';
import { argumentsOf, idsFor } from './call-arguments.ts';

/** What the demo shows of a document: a list that needs no arguments, and what can be done with its items. */
export interface Subject {
  collection: Collection;
  list: Operation;
  paging: Paging;
  retrieve: Operation | undefined;
  update: Operation | undefined;
  delete: Operation | undefined;
  /** A list below each item. */
  children: Operation | undefined;
  /** Properties that the body of an update takes, and whether it needs them. */
  changes: { name: string; required: boolean }[];
}

/** What the demo knows of a document. */
export interface Demonstrated {
  operations: Operation[];
  /** What the client's keys are for. */
  schemes: ReadScheme[];
  /** Undefined where there is no such list. */
  subject: Subject | undefined;
  /** Calls that read items, and their arguments, for documents without such a list. */
  reads(data: object): { operation: Operation; args: unknown[] }[];
}

/** How many calls are shown where no list can be. */
const shownReads = 4;

/** Reads what the demo shows. Of several lists, it is the one whose items most operations are about. */
export function demonstrate(bundled: Document): Demonstrated {
  const { model, document } = buildModel(bundled);
  const { operations, collections } = model;
  const about = (name: string) =>
    operations.filter(({ behavior }) => 'collection' in behavior && behavior.collection === name);
  const subjects = collections
    .filter(({ scope }) => scope.length === 0)
    .sort((a, b) => about(b.name).length - about(a.name).length)
    .flatMap((collection) => {
      const find = (...kinds: string[]) =>
        about(collection.name).find(
          ({ behavior, query, headers, pathParams, positional }) =>
            kinds.includes(behavior.kind) &&
            !('inBody' in behavior) &&
            pathParams.length === 0 &&
            (positional === undefined) === (behavior.kind === 'list') &&
            [...query, ...headers].every(({ required }) => !required),
        );
      const list = find('list');
      if (list?.behavior.kind !== 'list') return [];
      const update = find('update') ?? find('replace');
      const isBelow = ({ scope: [parent, ...others] }: Collection) =>
        parent?.collection === collection.name && others.length === 0;
      const below = collections.find(isBelow)?.name ?? '';
      return [
        {
          collection,
          list,
          paging: list.behavior.paging,
          retrieve: find('retrieve'),
          update,
          delete: find('delete'),
          children: about(below).find(({ behavior }) => behavior.kind === 'list'),
          changes: update ? changesOf(document, update) : [],
        },
      ];
    });
  const { schemes } = readAuth(document);
  const reads = (data: object) =>
    operations
      .filter(({ method, behavior }) => method === 'get' && behavior.kind !== 'mocker')
      .slice(0, shownReads)
      .map((operation) => ({
        operation,
        args: argumentsOf(document, operation, idsFor(document, model, operation, data)),
      }));
  return { operations, schemes, subject: subjects[0], reads };
}

function changesOf(document: Document, { path, method, body }: Operation): Subject['changes'] {
  const { content = {} } = deref(document, document.paths?.[path]?.[method]?.requestBody) ?? {};
  const shape = shapeOf(document, content[body?.mediaType ?? '']?.schema);
  return [...shape].map(([name, { required }]) => ({ name, required }));
}
