import { Code } from '@org/inspector/copy-as/literal';
import { subjectKey } from '../state/change-report.ts';
import type { Subject } from '../state/history.ts';

interface Reference extends Subject {
  id: string;
  code: Code;
}

/** The ids that the server makes while the script runs: where the mock's own ids stood, later calls refer to them. */
export class References {
  readonly #references = new Map<string, Reference>();

  add(subject: Subject & { id: string }, code: string): void {
    this.#references.set(subjectKey(subject), { ...subject, code: new Code(code) });
  }

  of(subject: Subject): Code | undefined {
    return this.#references.get(subjectKey(subject))?.code;
  }

  /**
   * A value of a request or an item with references in it. Texts that are an id are taken for it. A number may be
   * anything: it is taken for an id where its property is called like one.
   */
  in(value: unknown, name = ''): unknown {
    if (Array.isArray(value)) return value.map((one) => this.in(one, name));
    if (typeof value === 'object' && value !== null && !(value instanceof Code)) {
      const entries = Object.entries(value).map(([key, part]) => [key, this.in(part, key)]);
      return Object.fromEntries(entries) as unknown;
    }
    if (typeof value !== 'string' && typeof value !== 'number') return value;
    const isPlain = /^\d*$/.test(String(value));
    if (isPlain && !/ids?$/i.test(name)) return value;
    const found = [...this.#references.values()].filter(({ id }) => id === String(value));
    return found.length === 1 ? found[0]?.code : value;
  }
}
