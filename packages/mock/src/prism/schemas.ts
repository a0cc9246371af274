import * as dateTime from '@stoplight/prism-http/dist/validator/validators/dateTime.js';
import utils from '@stoplight/prism-http/dist/validator/validators/utils.js';
import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { boundedRegExp, inTime, mayTakeLong } from './bounded-regexp.ts';
import { forgetVerdicts, remembered, rememberVerdicts } from './remembered-checks.ts';

type Check = (typeof utils)['validateAgainstSchema'];

/** What every Ajv instance of Prism's has; what it warns of is nothing that a user of the mock could act on. */
const options: Options = {
  allErrors: true,
  allowUnionTypes: true,
  allowMatchingProperties: true,
  strict: false,
  logger: false,
  code: { regExp: Object.assign(boundedRegExp, { code: 'boundedRegExp' }) },
};

/** The same with verdicts that are remembered: for schemas that refer to others, which may do so any number of times. */
const remembering: Options = {
  ...options,
  // Ajv passes options on to the code that it compiles.
  code: { ...options.code, process: rememberVerdicts, ...({ remembered } as object) },
};

interface Compiled {
  check: ValidateFunction | undefined;
  /** Why Ajv cannot compile the schema. */
  flaw: string;
  /** Whether a pattern may take so long that the check has to be interrupted. */
  isSlow: boolean;
}

/** The set that the validation in progress uses: Prism's validators are synchronous. */
let active: Schemas | undefined;

/**
 * The schemas of one document, compiled when they are first used. Nothing else holds what was compiled: a document that
 * is loaded again, or a mock that is thrown away, leaves nothing behind.
 */
export class Schemas {
  static readonly #sets = new WeakMap<object, Schemas>();
  readonly #instances = new Map<string, Ajv>();
  readonly #compiled = new WeakMap<object, Map<string, Compiled>>();

  /** The set of a document. */
  static of(document: object): Schemas {
    const known = Schemas.#sets.get(document);
    if (known) return known;
    const schemas = new Schemas();
    Schemas.#sets.set(document, schemas);
    return schemas;
  }

  /** Runs a check of Prism's with these schemas. */
  run<T>(check: () => T): T {
    const before = active;
    active = this;
    try {
      return check();
    } finally {
      active = before;
    }
  }

  /**
   * What is wrong with a value; nothing where it is valid. Why, where the value cannot be checked, which Prism says
   * nothing of.
   */
  validate(
    value: unknown,
    schema: object,
    coerce: boolean,
    bundle: unknown,
  ): ErrorObject[] | { flaw: string } {
    const { check, flaw, isSlow } = this.#compile(schema, coerce, bundle);
    if (!check) return { flaw };
    forgetVerdicts();
    try {
      const pattern = isSlow ? inTime(() => check(value)) : undefined;
      if (pattern !== undefined) return [tooSlow(pattern)];
      if (!isSlow) check(value);
    } catch (error) {
      return { flaw: (error as Error).message };
    }
    return check.errors ?? [];
  }

  #compile(schema: object, coerce: boolean, bundle: unknown): Compiled {
    const dialect = dialectOf(schema);
    const refers = bundle !== undefined;
    const key = `${dialect} ${coerce} ${refers}`;
    const known = this.#compiled.get(schema) ?? new Map<string, Compiled>();
    const compiled = known.get(key);
    if (compiled) return compiled;
    let check: ValidateFunction | undefined;
    let flaw = '';
    const isSlow = mayTakeLong(() => {
      try {
        const wrong = flawOf(dialect, schema);
        if (wrong !== undefined) throw new Error(wrong);
        check = this.#instance(dialect, coerce, refers).compile({
          ...schema,
          __bundled__: bundle,
        });
      } catch (error) {
        flaw = (error as Error).message;
      }
    });
    const made = { check, flaw, isSlow };
    known.set(key, made);
    this.#compiled.set(schema, known);
    return made;
  }

  #instance(dialect: Dialect, coerceTypes: boolean, refers: boolean): Ajv {
    const key = `${dialect} ${coerceTypes} ${refers}`;
    const known = this.#instances.get(key);
    if (known) return known;
    const ajv = new dialects[dialect]({
      ...(refers ? remembering : options),
      coerceTypes,
      validateSchema: false,
    });
    // Both packages are CommonJS, whose default export has one name in a bundle and another one without.
    formats.default(ajv);
    ajv.addFormat('date-time', dateTime.fmtDef(dateTime.date_time, dateTime.compareDateTime));
    this.#instances.set(key, ajv);
    return ajv;
  }
}

/** An instance for each dialect that compiles nothing but its meta-schema, which takes as long as all else at first. */
const judges = new Map<Dialect, Ajv>();

/** What keeps a value from being a schema; undefined if nothing does. */
function flawOf(dialect: Dialect, schema: object): string | undefined {
  const judge = judges.get(dialect) ?? new dialects[dialect](options);
  judges.set(dialect, judge);
  if (judge.validateSchema(schema) === true) return undefined;
  return judge.errorsText(judge.errors?.slice(0, 1), { dataVar: 'schema' });
}

/** Prepares the first check of a schema, for a time when there is nothing else to do. */
export function warmUp(): void {
  flawOf('draft-07', {});
}

function tooSlow(pattern: string): ErrorObject {
  const message = `takes too long to be matched with the pattern ${JSON.stringify(pattern)}`;
  return { keyword: 'pattern', instancePath: '', schemaPath: '', params: {}, message };
}

const dialects = { 'draft-07': Ajv, '2019-09': Ajv2019, '2020-12': Ajv2020 };
type Dialect = keyof typeof dialects;

function dialectOf(schema: object): Dialect {
  const name = '$schema' in schema ? String(schema.$schema) : '';
  const [, draft] =
    /^https?:\/\/json-schema\.org\/draft\/(2019-09|2020-12)\/schema#?$/.exec(name) ?? [];
  return draft === '2019-09' || draft === '2020-12' ? draft : 'draft-07';
}

const error = 0;
const warning = 1;

/**
 * The patch: Prism's validators call this by the module's exports. Its own function keeps six Ajv instances, and all
 * that they compile, for as long as the process lives, with patterns that no time bounds.
 */
const check: Check = (value, schema, coerce, context, prefix, bundle) => {
  if (!active) throw new Error('A check of Prism’s runs outside of Schemas.run.');
  const found = active.validate(value, schema, coerce, bundle);
  if ('flaw' in found) {
    const message = `cannot be checked, because its schema is wrong: ${found.flaw}`;
    const unchecked = { keyword: 'schema', instancePath: '', schemaPath: '', params: {}, message };
    return { _tag: 'Some', value: utils.convertAjvErrors([unchecked], warning, context, prefix) };
  }
  const [first, ...others] = found;
  if (!first) return { _tag: 'None' };
  return {
    _tag: 'Some',
    value: utils.convertAjvErrors([first, ...others], error, context, prefix),
  };
};
// The declarations say that exports of a module are constants, which those of CommonJS are not.
(utils as { validateAgainstSchema: Check }).validateAgainstSchema = check;
