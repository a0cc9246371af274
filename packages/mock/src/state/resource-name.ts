import { type Schema, shapeOf } from '../api/schema.ts';
import { fits } from './generate/fits.ts';
import type { IDs } from './generate/generated-ids.ts';
import type { Scope } from './scope.ts';

/** Beginnings of the names that items may have, from the path of their collection: `v1/projects/a/things`, `things`. */
export function namesAbove(path: string, scope: Scope): string[] {
  const values = [...scope];
  const segments = path
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => (segment.startsWith('{') ? (values.shift() ?? segment) : segment));
  return segments.map((_, i) => segments.slice(i).join('/'));
}

/**
 * What the ids of a scope begin with, where an id is the whole name of an item, and its path has the last part of it:
 * `projects/a/things` for `projects/a/things/b` at `/v1/projects/{project}/things/{thing}`.
 *
 * @see https://google.aip.dev/122
 */
export function resourceName(
  path: string,
  scope: Scope,
  id: Schema | boolean | undefined,
): string | undefined {
  const shapes = shapeOf(id).alternatives;
  const literals = new Set(path.split('/').filter((segment) => !segment.startsWith('{')));
  const isLike = (name: string, example: unknown) => {
    const [parts, given] = [name.split('/'), String(example).split('/')];
    const isSame = (part: string, i: number) => !literals.has(part) || part === given[i];
    const isKnown = parts.length > 1 || literals.has(name);
    return isKnown && given.length === parts.length + 1 && parts.every(isSame);
  };
  return namesAbove(path, scope).find((name) =>
    shapes.some((shape) =>
      shape.pattern === undefined
        ? [shape.examples ?? []].flat().some((example) => isLike(name, example))
        : shape.pattern.includes('/') && fits(shape, `${name}/a1`),
    ),
  );
}

/** The schema of ids that may be whole names: its pattern or an example has a slash. */
export function nameSchemaOf(id: Schema | boolean | undefined): Schema | boolean | undefined {
  const isName = shapeOf(id).alternatives.some(({ pattern = '', examples }) =>
    [pattern, ...[examples ?? []].flat()].some((one) => String(one).includes('/')),
  );
  return isName ? id : undefined;
}

/** Ids that begin with a name. */
export function below(name: string, ids: IDs): IDs {
  const last = (id: string) => id.slice(name.length + 1);
  return {
    at: (index) => `${name}/${ids.at(index)}`,
    indexOf: (id) => (id.startsWith(`${name}/`) ? ids.indexOf(last(id)) : undefined),
    rowOf: (id) => ids.rowOf(last(id)),
  };
}
