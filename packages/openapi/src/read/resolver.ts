import { BaseResolver, type Document, ResolveError, Source } from '@redocly/openapi-core';
import { ExcessError, excessOf } from './excess.ts';
import { type Files, pathOf, RefusedFile } from './files.ts';

/** Redocly's resolver, which reads from {@link Files} alone: nothing is fetched, nothing outside of the folder read. */
export class Resolver extends BaseResolver {
  readonly #files: Files;
  readonly #read = new Map<string, string>();
  #excess: ExcessError | undefined;

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
      // The sentence comes back when this "file" is read, with the place of the reference.
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
    const document = super.parseDocument(source, isRoot);
    const excess = excessOf(document.parsed);
    if (!excess) return document;
    this.#excess ??= new ExcessError(source.absoluteRef, excess);
    throw this.#excess;
  }

  /** @throws {ExcessError} if a file is too large, whatever the bundler made of it */
  throwIfTooLarge(): void {
    if (this.#excess) throw this.#excess;
  }
}
