import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { DFA, isDisjointWith, JS, NFA } from 'refa';

/** Automata with more states are not built. */
const mostStates = 1000;
const nodes = { nfa: NFA.LimitedNodeFactory, dfa: DFA.LimitedNodeFactory };

/**
 * Whether every text that matches one pattern also matches another one; undefined if that is unknown, as with
 * lookaheads, backreferences and very large patterns.
 */
export function isPatternWithin(pattern: string, other: string): boolean | undefined {
  try {
    const outside = automatonOf(other);
    outside.complement(new nodes.dfa(mostStates));
    return isDisjointWith(automatonOf(pattern), outside);
  } catch {
    return undefined;
  }
}

/** The texts that a pattern allows: those with any part that it matches, unless it is anchored. */
function automatonOf(pattern: string): DFA {
  const { alternatives } = new RegExpParser().parsePattern(pattern, undefined, undefined, {
    unicode: true,
  });
  const source = alternatives.map(whole).join('|');
  const { expression, maxCharacter } = JS.Parser.fromLiteral({ source, flags: 'u' }).parse({
    assertions: 'throw',
    backreferences: 'throw',
  });
  const nfa = NFA.fromRegex(expression, { maxCharacter }, {}, new nodes.nfa(mostStates));
  return DFA.fromFA(nfa, new nodes.dfa(mostStates));
}

/** An alternative that matches the whole text, with its outermost anchors written out. */
function whole({ elements, raw }: AST.Alternative): string {
  const isAnchor = (element: AST.Element | undefined, kind: 'start' | 'end') =>
    element?.type === 'Assertion' && element.kind === kind;
  const [isStart, isEnd] = [isAnchor(elements[0], 'start'), isAnchor(elements.at(-1), 'end')];
  const inner = raw.slice(isStart ? 1 : 0, isEnd ? -1 : undefined);
  return `${isStart ? '' : '[^]*'}(?:${inner})${isEnd ? '' : '[^]*'}`;
}
