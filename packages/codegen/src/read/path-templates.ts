import { type Document, deref, methods, type OperationObject, plainPath } from '@org/openapi';

type Parameters = NonNullable<OperationObject['parameters']>;

/**
 * Writes paths as Prism can match them: `/files/{+path}` as `/files/{path}`. Drops path parameters that are not in the
 * path, which no request could have. The reader of the document warns of both. Changes the document.
 */
export function repairPaths(document: Document): void {
  const { paths = {} } = document;
  const repaired = Object.entries(paths).map(([path, item]) => {
    const names = new Map<string, string>();
    const plain = plainPath(path, names);
    const rename = (parameters: Parameters) =>
      parameters.flatMap((reference) => {
        const parameter = deref(document, reference);
        if (parameter?.in !== 'path') return [reference];
        const name = names.get(parameter.name) ?? parameter.name;
        if (![...names.values()].includes(name)) return [];
        return name === parameter.name ? [reference] : [{ ...parameter, name }];
      });
    // An empty path is null.
    for (const part of item ? [item, ...methods.map((method) => item[method])] : [])
      if (part?.parameters) part.parameters = rename(part.parameters);
    return [plain !== path && Object.hasOwn(paths, plain) ? path : plain, item] as const;
  });
  document.paths = Object.fromEntries(repaired);
}
