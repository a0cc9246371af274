import type { Args, Change } from '../change/change.ts';
import type { ChangeID } from '../change/ids.ts';
import { code, codes, inText, say, type Words } from './words.ts';

type Values = Args[string];

/** The sentence of each kind of change, made from its facts. */
const sentences: Record<ChangeID, (args: Reader) => Words> = {
  'operation-added': () => say`Added.`,
  'operation-removed': () => say`Removed.`,
  'operation-moved': (a) => say`Moved to ${code(a.text('to'))}.`,
  'operation-id-changed': (a) =>
    say`The operationId changed from ${code(a.text('from'))} to ${code(a.text('to'))}.`,
  'operation-id-added': (a) => say`The operation now has the id ${code(a.text('to'))}.`,
  'path-parameter-renamed': (a) =>
    say`The path parameter ${code(a.text('from'))} is now called ${code(a.text('to'))}.`,
  'callback-moved': (a) =>
    say`The address of the callback changed from ${code(a.text('from'))} to ${code(a.text('to'))}.`,
  'callback-added': () => say`Added.`,
  'callback-removed': () => say`Removed.`,
  deprecated: () => say`Now deprecated.`,
  'no-longer-deprecated': () => say`No longer deprecated.`,

  'parameter-added': () => say`Added.`,
  'required-parameter-added': () => say`Added, and required.`,
  'parameter-removed': () => say`Removed.`,
  'parameter-now-required': () => say`Now required.`,
  'parameter-now-optional': () => say`No longer required.`,
  'header-added': () => say`Added.`,
  'required-header-added': () => say`Added, and required.`,
  'header-removed': () => say`Removed.`,
  'header-now-required': () => say`Now required.`,
  'header-now-optional': () => say`No longer required.`,
  'header-now-present': () => say`Now always present.`,
  'header-may-be-missing': () => say`May now be missing.`,
  'body-added': () => say`Added.`,
  'required-body-added': () => say`Added, and required.`,
  'body-removed': () => say`Removed.`,
  'body-now-required': () => say`Now required.`,
  'body-now-optional': () => say`No longer required.`,
  'body-now-present': () => say`Now always present.`,
  'body-may-be-missing': () => say`May now be missing.`,
  'style-changed': (a) => changed(code('style'), a),
  'explode-changed': (a) => changed(code('explode'), a),
  'allow-reserved-changed': (a) => changed(code('allowReserved'), a),
  'allow-empty-value-changed': (a) => changed(code('allowEmptyValue'), a),
  'media-type-added': () => say`Added.`,
  'media-type-removed': () => say`Removed.`,
  'media-type-widened': (a) =>
    say`The media type ${code(a.text('from'))} became the range ${code(a.text('to'))}.`,
  'media-type-narrowed': (a) =>
    say`The range of media types ${code(a.text('from'))} became ${code(a.text('to'))}.`,
  'part-media-type-changed': (a) =>
    say`The media type changed from ${code(a.text('from'))} to ${code(a.text('to'))}.`,
  'now-in-a-media-type': () => say`Now serialized with a media type.`,
  'no-longer-in-a-media-type': () => say`No longer serialized with a media type.`,

  'response-added': () => say`Added.`,
  'success-response-added': () => say`Added.`,
  'response-removed': () => say`Removed.`,
  'link-added': () => say`Added.`,
  'link-removed': () => say`Removed.`,
  'link-changed': () => say`Changed.`,

  'server-address-changed': (a) =>
    say`The address of the API changed from ${a.text('from')} to ${a.text('to')}.`,
  'server-added': (a) => say`The server ${a.text('url')} was added.`,
  'server-removed': (a) => say`The server ${a.text('url')} was removed.`,
  'server-variable-added': (a) =>
    say`The address ${code(a.text('url'))} now has the variable ${code(a.text('name'))}.`,
  'server-variable-removed': (a) =>
    say`The variable ${code(a.text('name'))} of ${a.text('url')} was removed.`,
  'server-variable-default-changed': (a) =>
    say`The default of the variable ${code(a.text('name'))} of ${a.text('url')} changed from ${a.text('from')} to ${a.text('to')}.`,
  'server-variable-values-changed': (a) =>
    say`The values of the variable ${code(a.text('name'))} of ${a.text('url')} changed.`,
  'authentication-now-required': (a) =>
    say`Authentication is now required: ${either(a.list('to'))}.`,
  'authentication-now-optional': () => say`Authentication is no longer required.`,
  'authentication-changed': (a) =>
    say`Authentication changed from ${either(a.list('from'))} to ${either(a.list('to'))}.`,
  'authentication-added': (a) =>
    say`Authentication by ${either(a.list('to'))} is now possible as well.`,
  'authentication-removed': (a) =>
    say`Authentication by ${either(a.list('from'))} is no longer possible.`,
  'scope-now-required': (a) =>
    say`${plural('The scope', a.list('scopes'))} ${codes(a.list('scopes'))} ${are(a.list('scopes'))} now required.`,
  'scope-no-longer-required': (a) =>
    say`${plural('The scope', a.list('scopes'))} ${codes(a.list('scopes'))} ${are(a.list('scopes'))} no longer required.`,
  'scheme-changed': (a) => changed(code(a.text('field')), a),
  'flow-added': (a) => say`The flow ${code(a.text('name'))} was added.`,
  'flow-removed': (a) => say`The flow ${code(a.text('name'))} was removed.`,
  'flow-changed': (a) =>
    say`The ${code(a.text('field'))} of the flow ${code(a.text('name'))} changed from ${a.text('from')} to ${a.text('to')}.`,
  'scope-added': (a) => say`The scope ${code(a.text('scope'))} was added.`,
  'scope-removed': (a) => say`The scope ${code(a.text('scope'))} was removed.`,

  'type-changed': (a) =>
    say`The type changed from ${either(a.list('from'))} to ${either(a.list('to'))}.`,
  'type-added': (a) => say`May now also be ${either(a.list('types'))}.`,
  'type-removed': (a) => say`May no longer be ${either(a.list('types'))}.`,
  'any-type-allowed': () => say`May now be of any type.`,
  'type-limited': (a) => say`Must now be ${either(a.list('to'))}.`,
  'integer-to-number': () => say`The type changed from integer to number.`,
  'number-to-integer': () => say`The type changed from number to integer.`,
  'alternative-added': (a) => say`May now also be ${either(a.list('names'))}.`,
  'alternative-removed': (a) => say`May no longer be ${either(a.list('names'))}.`,
  'exactly-one-alternative': () => say`Must now match exactly one of the alternatives.`,
  'several-alternatives': () => say`May now match more than one of the alternatives.`,
  'alternative-deprecated': () => say`One of the alternatives is now deprecated.`,
  'enum-value-added': (a) => say`May now also be ${a.list('values')}.`,
  'enum-value-removed': (a) => say`May no longer be ${a.list('values')}.`,
  'enum-changed': (a) =>
    say`The allowed values changed: ${a.list('removed')} removed, ${a.list('added')} added.`,
  'enum-added': (a) => say`Must now be one of ${a.list('values')}.`,
  'enum-removed': (a) => say`No longer limited to ${a.list('values')}.`,
  'bound-raised': (a) =>
    say`The ${code(a.text('keyword'))} rose from ${a.number('from')} to ${a.number('to')}.`,
  'bound-lowered': (a) =>
    say`The ${code(a.text('keyword'))} fell from ${a.number('from')} to ${a.number('to')}.`,
  'bound-added': (a) => say`A ${code(a.text('keyword'))} of ${a.number('to')} was added.`,
  'bound-removed': (a) => say`The ${code(a.text('keyword'))} of ${a.number('from')} was removed.`,
  'bound-changed': (a) =>
    say`The ${code(a.text('keyword'))} of ${a.number('from')} is now the ${code(a.text('now'))} of ${a.number('to')}.`,
  'multiple-of-changed': (a) =>
    say`The ${code('multipleOf')} changed from ${all(a.list('from'))} to ${all(a.list('to'))}.`,
  'format-changed': (a) =>
    say`The ${code(a.text('keyword'))} changed from ${all(a.list('from'))} to ${all(a.list('to'))}.`,
  'format-added': (a) => say`Must now have the ${code(a.text('keyword'))} ${all(a.list('to'))}.`,
  'format-removed': (a) => say`The ${code(a.text('keyword'))} ${all(a.list('from'))} was removed.`,

  'property-added': (a) => fromNowOn(a, 'added') ?? say`Added.`,
  'required-property-added': (a) =>
    fromNowOn(a, 'added, and required') ?? say`Added, and required.`,
  'property-removed': (a) => fromNowOn(a, 'removed') ?? say`Removed.`,
  'property-now-required': () => say`Now required.`,
  'property-now-optional': () => say`No longer required.`,
  'property-now-present': () => say`Now always present.`,
  'property-may-be-missing': () => say`May now be missing.`,
  'other-properties-allowed': (a) =>
    a.text('keyword') === 'unevaluatedItems'
      ? say`May now have additional items.`
      : say`May now have additional properties.`,
  'other-properties-forbidden': (a) =>
    a.text('keyword') === 'unevaluatedItems'
      ? say`May no longer have additional items.`
      : say`May no longer have additional properties.`,
  'other-properties-limited': (a) =>
    a.text('keyword') === 'unevaluatedItems'
      ? say`Additional items must now match a schema.`
      : say`Additional properties must now match a schema.`,
  'pattern-properties-added': () => say`Now described.`,
  'pattern-properties-removed': () => say`No longer described.`,
  'unique-items-added': () => say`The items must now be unique.`,
  'unique-items-removed': () => say`The items no longer have to be unique.`,
  'dependent-required-added': (a) => say`Now also requires ${codes(a.list('properties'))}.`,
  'dependent-required-removed': (a) => say`No longer requires ${codes(a.list('properties'))}.`,
  'constraint-added': (a) => say`The ${code(a.text('keyword'))} was added.`,
  'constraint-removed': (a) => say`The ${code(a.text('keyword'))} was removed.`,
  'constraint-changed': (a) => say`The ${code(a.text('keyword'))} changed.`,
  'too-complex': () => say`Changed, with too many combinations of alternatives to compare.`,

  'default-added': (a) => say`The default ${a.text('to')} is now documented.`,
  'default-removed': (a) => say`The default of ${a.text('from')} was removed.`,
  'default-changed': (a) => say`The default changed from ${a.text('from')} to ${a.text('to')}.`,
  'discriminator-added': () => say`A discriminator was added.`,
  'discriminator-removed': () => say`The discriminator was removed.`,
  'discriminator-property-changed': (a) =>
    say`The discriminator changed from ${code(a.text('from'))} to ${code(a.text('to'))}.`,
  'discriminator-value-added': (a) =>
    say`The discriminator's ${code(a.text('value'))} now stands for ${a.text('target')}.`,
  'discriminator-value-removed': (a) =>
    say`The discriminator's ${code(a.text('value'))} was removed.`,
  'discriminator-value-changed': (a) =>
    say`The discriminator's ${code(a.text('value'))} now stands for ${a.text('to')} instead of ${a.text('from')}.`,
  'keyword-changed': (a) => say`The ${code(a.text('keyword'))} changed.`,
  'xml-changed': () => say`The ${code('xml')} changed.`,
  'reference-unresolved': (a) =>
    say`The reference ${code(a.text('reference'))} does not resolve in the ${a.text('side')} document.`,

  'type-name-added': () => say`The type was added.`,
  'type-name-removed': () => say`The type was removed.`,
  'type-key-changed': (a) =>
    say`The key in ${code('components')} is now ${code(a.text('to'))}; the exported type has the same name.`,
  'documentation-changed': (a) => say`The ${code(a.text('keyword'))} changed.`,
  'extension-changed': (a) => say`The ${code(a.text('keyword'))} changed.`,

  'parameters-do-not-compile': (a) =>
    say`Parameters that compiled no longer do: ${a.text('reason')}`,
  'body-does-not-compile': (a) => say`Bodies that compiled no longer do: ${a.text('reason')}`,
  'result-does-not-compile': (a) => say`Code that reads it no longer compiles: ${a.text('reason')}`,

  'method-added': (a) => say`The method ${code(a.text('call'))} was added.`,
  'method-removed': () => say`The method was removed.`,
  'method-arguments-changed': (a) =>
    say`The arguments changed: ${code(a.text('from'))} is now ${code(a.text('to'))}.`,
  'method-path-changed': (a) =>
    say`The named path parameters changed from ${names(a.list('from'))} to ${names(a.list('to'))}.`,
  'method-argument-renamed': (a) =>
    say`The argument ${code(a.text('from'))} is now called ${code(a.text('to'))}.`,
  'method-result-changed': (a) =>
    say`The result changed from ${code(a.text('from'))} to ${code(a.text('to'))}.`,
  'client-class-removed': (a) => say`The class is now called ${code(a.text('to'))}.`,
  'client-option-added': () => say`The option was added.`,
  'client-option-removed': () => say`The option was removed.`,
  'client-variable-changed': (a) =>
    say`The environment variable is now ${code(a.text('to'))} instead of ${code(a.text('from'))}.`,
  'method-arguments-renamed': (a) =>
    say`The type of the arguments is now called ${code(a.text('to'))} instead of ${code(a.text('from'))}.`,

  'fetch-data-changed': (a) =>
    say`The ${code('data')} may now also be ${either(a.list('types'))}, which has another type.`,

  'collection-added': () => say`The collection was added.`,
  'collection-removed': () => say`The collection was removed.`,
  'collection-changed': (a) =>
    say`It now ${a.text('what')} ${value(a.text('to'))} instead of ${value(a.text('from'))}.`,
  'behavior-changed': (a) =>
    say`The mock now responds with ${a.text('to')} instead of ${a.text('from')}.`,
};

/** Reads the arguments of a change: a missing one is an empty string or list. */
class Reader {
  readonly #args: Args;

  constructor(args: Args) {
    this.#args = args;
  }

  text(name: string): string {
    return String(this.#args[name] ?? '');
  }

  list(name: string): readonly string[] {
    const value: Values | undefined = this.#args[name];
    return Array.isArray(value) ? (value as readonly string[]) : [String(value ?? '')];
  }

  /** Integers beyond the exact range of floating point are written out, not rounded. */
  number(name: string): string {
    const value = this.#args[name];
    return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
      ? BigInt(value).toString()
      : String(value ?? '');
  }
}

function changed(what: ReturnType<typeof code>, a: Reader): Words {
  return say`The ${what} changed from ${a.text('from')} to ${a.text('to')}.`;
}

/** `a or b or one of 4 others`. Names in backticks, as in "object with `a`", are code. */
function either(names: readonly string[]): Words {
  const rest = names.length - 5;
  const text =
    rest > 1
      ? `${names.slice(0, 5).join(' or ')} or one of ${rest} others`
      : names.join(' or ') || 'nothing';
  return text.split('`').map((data, i) => ({ data, isCode: i % 2 === 1 }));
}

/** A name, or words such as "nothing" and "20 items". */
function value(text: string): ReturnType<typeof code> | string {
  return /^nothing$|^\d+ items$/.test(text) ? text : code(text);
}

function names(all: readonly string[]): Words {
  return all.length > 0 ? codes(all) : ['none'];
}

function all(names: readonly string[]): string {
  return names.join(' and ') || 'none';
}

/** A property that is only on one side of a direction, because of `readOnly` or `writeOnly`. */
function fromNowOn(a: Reader, what: string): Words | undefined {
  const keyword = a.text('keyword');
  if (keyword === '') return undefined;
  const where = keyword === 'readOnly' ? 'requests' : 'responses';
  return what === 'removed'
    ? say`Now ${code(keyword)}: ${where} no longer have it.`
    : say`No longer ${code(keyword)}: ${where} ${what.endsWith('required') ? 'must' : 'may'} now have it.`;
}

function plural(text: string, names: readonly string[]): Words {
  return [names.length > 1 ? `${text}s` : text];
}

function are(names: readonly string[]): Words {
  return [names.length > 1 ? 'are' : 'is'];
}

/** The change in one sentence for the person who upgrades; its data is not escaped yet. */
export function wordsOf({ id, args }: Pick<Change, 'id' | 'args'>): Words {
  return sentences[id](new Reader(args));
}

/** The change in one sentence of plain text. */
export function sentenceOf(change: Pick<Change, 'id' | 'args'>): string {
  return inText(wordsOf(change));
}

/** The place of the change, as plain text: `GET /teams › query › limit`, `data[] › role`. */
export function placeOf({ path }: Pick<Change, 'path'>): string {
  return path.join(' › ').replaceAll(' › [', '[');
}
