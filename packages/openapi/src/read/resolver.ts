import { BaseResolver, type Document, ResolveError, Source } from '@redocly/openapi-core';
import { ContentError, refusedIn } from './content.ts';
import { type Files, pathOf, RefusedFile } from './files.ts';
import { parseJSON } from './json.ts';

/** Redocly's resolver, which only reads from {@link Files}. It fetches nothing, and stays in the folder. */
export class Resolver extends BaseResolver {
  readonly #files: Files;
  readonly #read = new Map<string, string>();
  #refused: ContentError | undefined;

  constructor(files: Files) {
    super();
    this.#files = files;
  }

  /** The text of each file that was read, by path. */
  get texts(): ReadonlyMap<string, string> {
    return this.#read;
  }

  override resolveExternalRef(base: string | null, reference: string): string {
    try {
      return base === null ? reference : pathOf(base, reference);
    } catch (error) {
      if (!(error instanceof RefusedFile)) throw error;
      // Reading this "file" throws the message, with the location of the reference.
      return `\0${error.message}`;
    }
  }

  override async loadExternalRef(path: string): Promise<Source> {
    try {
      if (path.startsWith('\0')) throw new RefusedFile(path.slice(1));
      const text = this.#files.read(path).replaceAll('\r\n', '\n');
      this.#read.set(path, text);
      return new Source(path, text);
    } catch (error) {
      if (error instanceof RefusedFile) throw new ResolveError(error);
      throw error;
    }
  }

  override parseDocument(source: Source, isRoot?: boolean): Document {
    // JSON is YAML as well, but a parser of YAML takes twenty times as long.
    const parsed = source.absoluteRef.endsWith('.json') ? parseJSON(source.body) : undefined;
    const document =
      parsed === undefined ? super.parseDocument(source, isRoot) : { source, parsed };
    const refused = refusedIn(document.parsed);
    if (!refused) return document;
    this.#refused ??= new ContentError(source.absoluteRef, refused);
    throw this.#refused;
  }

  /** @throws {ContentError} if a file is refused, even if the bundler ignored it */
  throwIfRefused(): void {
    if (this.#refused) throw this.#refused;
  }
}
