import { isMap, parseDocument } from 'yaml';
import { type Pointer, valueAt } from '../pointer.ts';
import type { Locate, Problem } from '../problems.ts';
import type { Locator } from './locate.ts';

/** An action of an overlay that changes the document. */
interface Action {
  file: string;
  /** The location of the action in its file. */
  path: Pointer;
  /** A JSONPath expression: `$.paths['/users'].get`. */
  target: string;
  update: unknown;
}

/** Gives the paths of the nodes that a JSONPath expression selects. */
type Select = (document: object, expression: string) => Pointer[];

/**
 * The effects of overlays: the action that each part comes from, and actions that changed nothing.
 */
export class AppliedOverlays {
  readonly #actions: readonly Action[];
  readonly #select: Select;
  readonly #locator: Locator;

  /** @param texts the text of each overlay, by file, in the order in which they are applied */
  static async of(texts: ReadonlyMap<string, string>, locator: Locator): Promise<AppliedOverlays> {
    return new AppliedOverlays(texts, locator, await loadSelect());
  }

  private constructor(texts: ReadonlyMap<string, string>, locator: Locator, select: Select) {
    this.#actions = [...texts].flatMap(([file, text]) => actionsOf(file, text));
    this.#locator = locator;
    this.#select = select;
  }

  /**
   * A problem for each action whose target selects nothing: its path is misspelled or no longer exists.
   *
   * @param documents the document without the overlays, and with them: an action may change what another one added
   */
  unused(documents: readonly object[]): Problem[] {
    return this.#actions
      .filter(({ target }) => documents.every((each) => this.#select(each, target).length === 0))
      .map(({ file, path, target }) => ({
        id: 'overlay-target',
        message: `\`${target}\` selects nothing in the document. Correct the target, or remove the action.`,
        location: this.#locator.inFile(file, [...path, 'target']),
        place: path.join(' › '),
      }));
  }

  /**
   * Finds places of the document that overlays were applied to: in the overlay, if an action wrote that part.
   *
   * @param locate finds the places of all other parts
   */
  locateIn(document: object, locate: Locate): Locate {
    const targets = this.#actions.map((action) => ({
      ...action,
      selected: this.#select(document, action.target),
    }));
    return (path) => {
      // The last action that wrote a part wins.
      for (const { file, path: action, update, selected } of targets.toReversed()) {
        for (const target of selected) {
          if (!target.every((key, i) => String(key) === String(path[i]))) continue;
          const rest = path.slice(target.length);
          // Only the keys of the update come from the action, not everything below the target.
          if (rest.length > 0 && valueAt(update, rest) !== undefined)
            return this.#locator.inFile(file, [...action, 'update', ...rest]);
        }
      }
      return locate(path);
    };
  }
}

function actionsOf(file: string, text: string): Action[] {
  const { contents } = parseDocument(text, { uniqueKeys: false });
  const actions: unknown = isMap(contents) ? contents.toJSON().actions : undefined;
  if (!Array.isArray(actions)) return [];
  return actions.flatMap((action, i) =>
    typeof action?.target === 'string'
      ? [{ file, path: ['actions', i], target: action.target, update: action.update }]
      : [],
  );
}

/** An expression that cannot be parsed selects nothing: the bundler has reported it already. */
async function loadSelect(): Promise<Select> {
  const { paths } = await import('jsonpath-rfc9535');
  const { default: parsePath } = await import('jsonpath-rfc9535/parser');
  return (document, expression) => {
    try {
      return paths(document as never, expression).map((path: string) =>
        parsePath(path).segments.flatMap(({ node }) =>
          node.type === 'BracketedSelection'
            ? node.selectors.flatMap((selector) =>
                selector.type === 'NameSelector' || selector.type === 'IndexSelector'
                  ? [selector.value]
                  : [],
              )
            : [],
        ),
      );
    } catch {
      return [];
    }
  };
}
