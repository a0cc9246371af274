/** What RFC 6570 and frameworks write around a name: `{+name}`, `{name*}`, `{name?}`, `{id:int}`, `{name:.*}`. */
const operator = /^[+#./;*]|[*+?]$|:.*$/g;
/** A query or a fragment at the end: `{?limit,page}`. */
const suffix = /(?:\{[?&#][^{}]*\})+$/;

/** The parts in braces that are more than the name of a parameter. */
export function operatorsIn(path: string): string[] {
  const parts = path.replace(suffix, '').match(/\{[^{}]+\}/g) ?? [];
  const found = parts.filter((part) => nameOf(part.slice(1, -1)) !== part.slice(1, -1));
  return [...found, ...(suffix.exec(path) ?? [])];
}

/**
 * A path whose parameters are names alone.
 *
 * @param names gets the plain name of each parameter
 */
export function plainPath(path: string, names: Map<string, string>): string {
  return path.replace(suffix, '').replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    // Prism's templates know no other characters.
    const plain = nameOf(name).replaceAll(/[^\w.-]/g, '_');
    names.set(name, plain);
    return `{${plain}}`;
  });
}

/** The name of a parameter without operators. */
export function nameOf(part: string): string {
  return part.replaceAll(operator, '') || part;
}
