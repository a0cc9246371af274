import { matchesPattern } from '@org/openapi';
import { below, mix } from './random.ts';

type Node =
  | { kind: 'choice'; options: Node[] }
  | { kind: 'sequence'; parts: Node[] }
  | { kind: 'repeat'; part: Node; least: number; most: number }
  | { kind: 'set'; characters: string };

const digits = '0123456789';
const lower = 'abcdefghijklmnopqrstuvwxyz';
const word = `${lower}${lower.toUpperCase()}${digits}_`;
const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('');
const classes: Record<string, string> = {
  d: digits,
  w: word,
  s: ' ',
  D: without(printable, digits),
  W: without(printable, word),
  S: without(printable, ' '),
};
const controls: Record<string, string> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v', 0: '\0' };

/**
 * Makes texts that match a regular expression: literals, classes, groups, alternatives and quantifiers. Undefined where
 * it cannot, as with lookaheads and back references.
 *
 * @param minLength how long the texts should be: what may be repeated without a bound is repeated more often
 */
export function compilePattern(
  pattern: string,
  minLength = 0,
): ((seed: number) => string) | undefined {
  let node: Node;
  try {
    node = new Parser(pattern, Math.min(minLength, 1000)).parse();
  } catch {
    return undefined;
  }
  const make = (seed: number) => write(node, seed);
  // What the parser misread shows in a few samples.
  const good = [1, 2, 3].every((seed) => matchesPattern(pattern, make(seed)));
  return good ? make : undefined;
}

function write(node: Node, seed: number): string {
  switch (node.kind) {
    case 'set':
      return node.characters.charAt(below(node.characters.length, seed));
    case 'sequence':
      return node.parts.map((part, i) => write(part, mix(seed, i))).join('');
    case 'choice': {
      // A choice has at least one option.
      const option = node.options[below(node.options.length, seed)] as Node;
      return write(option, mix(seed, 1));
    }
    case 'repeat': {
      const count = node.least + below(node.most - node.least + 1, seed);
      return Array.from({ length: count }, (_, i) => write(node.part, mix(seed, i + 1))).join('');
    }
  }
}

function without(characters: string, left: string): string {
  return [...characters].filter((character) => !left.includes(character)).join('');
}

class Parser {
  readonly #text: string;
  readonly #minLength: number;
  #at = 0;

  constructor(text: string, minLength: number) {
    this.#text = text;
    this.#minLength = minLength;
  }

  parse(): Node {
    const node = this.#choice();
    if (this.#at < this.#text.length) throw new Error('unbalanced');
    return node;
  }

  #choice(): Node {
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    return { kind: 'choice', options };
  }

  #sequence(): Node {
    const parts: Node[] = [];
    while (this.#at < this.#text.length && !'|)'.includes(this.#peek())) {
      if (this.#take('^') || this.#take('$')) continue;
      parts.push(this.#quantified(this.#atom()));
    }
    return { kind: 'sequence', parts };
  }

  #atom(): Node {
    if (this.#take('(')) {
      if (this.#take('?') && !this.#take(':')) {
        // A named group is a group; what looks around is not supported.
        const name = /^<[A-Za-z_]\w*>/.exec(this.#text.slice(this.#at))?.[0];
        if (!name) throw new Error('unsupported');
        this.#at += name.length;
      }
      const node = this.#choice();
      if (!this.#take(')')) throw new Error('unbalanced');
      return node;
    }
    if (this.#take('[')) return { kind: 'set', characters: this.#class() };
    if (this.#take('.')) return { kind: 'set', characters: `${lower}${digits}` };
    return { kind: 'set', characters: this.#character() };
  }

  #class(): string {
    const negated = this.#take('^');
    let characters = '';
    while (!this.#take(']')) {
      const from = this.#character();
      const isRange =
        from.length === 1 && this.#peek() === '-' && this.#text.charAt(this.#at + 1) !== ']';
      if (!isRange) {
        characters += from;
        continue;
      }
      this.#at += 1;
      const to = this.#character();
      for (let code = from.charCodeAt(0); code <= Math.min(to.charCodeAt(0), 0x7e); code += 1)
        characters += String.fromCharCode(code);
    }
    const set = negated ? without(printable, characters) : characters;
    if (set === '') throw new Error('empty');
    return set;
  }

  /** One character, or all of an escape such as `\d`. */
  #character(): string {
    const character = this.#text.charAt(this.#at);
    if (character === '') throw new Error('incomplete');
    this.#at += 1;
    if (character !== '\\') return character;
    const escaped = this.#text.charAt(this.#at);
    this.#at += 1;
    if (escaped === 'u' || escaped === 'x') {
      const code = /^(?:[0-9a-f]{4}|(?<=x)[0-9a-f]{2})/i.exec(this.#text.slice(this.#at))?.[0];
      if (!code) throw new Error('unsupported');
      this.#at += code.length;
      return String.fromCharCode(Number.parseInt(code, 16));
    }
    if (/[1-9bBkpP]/.test(escaped)) throw new Error('unsupported');
    return classes[escaped] ?? controls[escaped] ?? escaped;
  }

  #quantified(part: Node): Node {
    const [least, most] = this.#quantifier() ?? [];
    if (least === undefined || most === undefined) return part;
    this.#take('?');
    return { kind: 'repeat', part, least, most };
  }

  /** How often the part before comes; where there is no upper bound, a few times more than the lower. */
  #quantifier(): [number, number] | undefined {
    const few = 8 + this.#minLength;
    if (this.#take('*')) return [0, few];
    if (this.#take('+')) return [1, few];
    if (this.#take('?')) return [0, 1];
    const match = /^\{(\d+)(,?)(\d*)\}/.exec(this.#text.slice(this.#at));
    if (!match) return undefined;
    this.#at += match[0].length;
    const least = Number(match[1]);
    if (!match[2]) return [least, least];
    return [least, match[3] ? Math.min(Number(match[3]), least + 24) : least + few];
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at += 1;
    return true;
  }
}
