import {
  type Document,
  deref,
  type Method,
  methods,
  type OperationObject,
  type ParameterObject,
  type PathItem,
  type Pointer,
} from '@org/openapi';

/** An operation of the document, and its location. */
export interface Operation {
  id: string;
  path: string;
  method: Method;
  item: PathItem;
  object: OperationObject;
  pointer: Pointer;
  parameters: { object: ParameterObject; pointer: Pointer }[];
}

export function operationsOf(document: Document): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method): Operation[] => {
      const object = item[method];
      if (!object) return [];
      const pointer = ['paths', path, method];
      const id = object.operationId ?? `${method.toUpperCase()} ${path}`;
      const parameters = parametersOf(document, path, item, object, pointer);
      return [{ id, path, method, item, object, pointer, parameters }];
    }),
  );
}

/** The parameters of the path and of the operation, whose own take precedence. */
function parametersOf(
  document: Document,
  path: string,
  item: PathItem,
  object: OperationObject,
  pointer: Pointer,
): Operation['parameters'] {
  const found = new Map<string, Operation['parameters'][number]>();
  for (const [list, at] of [
    [item.parameters, ['paths', path, 'parameters']],
    [object.parameters, [...pointer, 'parameters']],
  ] as const) {
    for (const [i, reference] of (list ?? []).entries()) {
      const parameter = deref(document, reference);
      if (parameter)
        found.set(`${parameter.in} ${parameter.name}`, { object: parameter, pointer: [...at, i] });
    }
  }
  return [...found.values()];
}
