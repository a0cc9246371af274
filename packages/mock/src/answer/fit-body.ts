import type { Diagnostic } from '../prism/diagnostic.ts';

type Parts = Record<string, unknown>;

/**
 * Copies of a body that break the contract less: with the example's value in the place of each that is at fault, then
 * with the example's value of the whole property. What the example does not have is left out. What is not at fault
 * stays, such as the ids of items.
 *
 * @param found what is wrong with the body
 */
export function* fitBody(
  body: unknown,
  example: unknown,
  found: readonly Diagnostic[],
): Generator<unknown> {
  // A value that no part of a union allows is at fault once for each of them.
  const places = new Map(
    found.flatMap(({ severity, path = [] }) =>
      severity === 0 && path[0] === 'body'
        ? [[JSON.stringify(path), path.slice(1).map(String)]]
        : [],
    ),
  );
  for (const isWhole of [false, true]) {
    const copy = structuredClone(body);
    for (const place of places.values()) replaceAt(copy, example, place, isWhole);
    yield copy;
  }
}

/** Goes down to what is at fault, but not into an array that is a value; a list's items are values of their own. */
function replaceAt(
  body: unknown,
  example: unknown,
  place: readonly string[],
  isWhole: boolean,
): void {
  let [node, model] = [body, example];
  for (const [i, name] of place.entries()) {
    if (Array.isArray(node)) {
      node = node[Number(name)];
      // An example has fewer items.
      model = Array.isArray(model) ? (model[Number(name)] ?? model[0]) : undefined;
      continue;
    }
    if (!isParts(node)) return;
    const isLast = i === place.length - 1;
    const isList = Array.isArray(node[name]) && isParts(node[name][0]) && i === 0 && !isLast;
    const known = isParts(model) && Object.hasOwn(model, name) ? { value: model[name] } : undefined;
    const isPart = isParts(node[name]) && (!known || isParts(known.value));
    if (!isList && (isWhole || isLast || !isPart)) {
      if (known) node[name] = structuredClone(known.value);
      else delete node[name];
      return;
    }
    node = node[name];
    model = known?.value;
  }
  // The object itself is at fault: it lacks something.
  if (isParts(node) && isParts(model)) {
    for (const [name, value] of Object.entries(model))
      if (!Object.hasOwn(node, name)) node[name] = structuredClone(value);
  }
}

function isParts(value: unknown): value is Parts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
