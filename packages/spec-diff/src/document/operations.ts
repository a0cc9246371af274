import { ignoredHeaders } from '@org/codegen/build-model';
import { type Json, list, record } from './json.ts';
import { methods, type Spec } from './spec.ts';

export interface Operation {
  /** `GET /users/{user_id}` */
  name: string;
  method: string;
  path: string;
  node: Json;
  parameters: Map<string, Json>;
  /** Servers of the operation or of its path, which replace those of the document. */
  servers: unknown;
  pathItem: Json;
}

/** The operations of `paths`, or of something shaped like it: webhooks, or a callback. */
export function operationsOf(spec: Spec, paths: unknown): Operation[] {
  return Object.entries(record(paths)).flatMap(([path, given]) => {
    const pathItem = spec.resolve(given);
    if (!pathItem || path.startsWith('x-')) return [];
    return methods.flatMap((method): Operation[] => {
      const node = spec.resolve(pathItem[method]);
      if (!node) return [];
      return [
        {
          name: `${method.toUpperCase()} ${path}`,
          method,
          path,
          node,
          parameters: parametersOf(spec, pathItem, node),
          servers: node['servers'] ?? pathItem['servers'],
          pathItem,
        },
      ];
    });
  });
}

/** Parameters by location and name; those of the operation override those of its path. */
function parametersOf(spec: Spec, pathItem: Json, operation: Json): Map<string, Json> {
  const all = new Map<string, Json>();
  for (const reference of [...list(pathItem['parameters']), ...list(operation['parameters'])]) {
    const parameter = spec.resolve(reference);
    if (!parameter) continue;
    const name = String(parameter['name']);
    const isHeader = parameter['in'] === 'header';
    // Header names are the same in any case.
    const key = isHeader ? name.toLowerCase() : name;
    if (isHeader && ignoredHeaders.has(key)) continue;
    all.set(`${parameter['in']} ${key}`, parameter);
  }
  return all;
}
