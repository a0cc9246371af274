import { valueIn, withValue } from '@org/codegen/item-id';
import type { Collection as Definition } from '@org/codegen/model';
import { objectsOf, propertyAt, type Schema, shapeOf, unionOf } from '../api/schema.ts';
import { isObject } from '../lib/is-object.ts';
import { branchOf } from './branch.ts';
import type { IDs } from './generate/generated-ids.ts';
import { beginningWith, createIDs } from './generate/ids.ts';
import type { Persona } from './generate/persona.ts';
import { hash, mix } from './generate/random.ts';
import { compileValue } from './generate/values.ts';
import { plainName } from './page-parts.ts';
import { below, nameSchemaOf, resourceName } from './resource-name.ts';
import { keyOf, type Scope } from './scope.ts';

/** The first items of a collection of the root show what its type is about. */
const exemplaryItems = 3;

/** The collection whose items the last parameter of a scope names. */
interface Parent {
  readonly definition: Definition;
  readonly parent: Parent | undefined;
}

export interface ItemMakerOptions {
  definition: Definition;
  schema: Schema;
  seed: number;
  parent: Parent | undefined;
  /** What the path's parameter says of an item's id. */
  idSchema?: Schema | undefined;
  /** The id of a generated item of another collection. */
  referenceAt?: (collection: string, index: number) => string | number | undefined;
}

/** How many generated items belong to the same item of another collection. */
const siblings = 3;

/** Makes the items of a collection out of their ids and the seed. */
export class ItemMaker {
  readonly #definition: Definition;
  readonly #schema: Schema;
  readonly #parent: Parent | undefined;
  readonly #seed: number;
  readonly #make;
  /** Of the scope in which ids begin with the seed's first. */
  readonly #ids: IDs;
  readonly #properties: ReadonlySet<string>;
  readonly #hasID: boolean;
  /** Whether items may be one of several objects. */
  readonly #isUnion: boolean;
  readonly #idSchema: Schema | boolean | undefined;
  readonly #referenceAt: ItemMakerOptions['referenceAt'];
  readonly #nameSchema: Schema | boolean | undefined;

  constructor({ definition, schema, seed, parent, idSchema, referenceAt }: ItemMakerOptions) {
    this.#referenceAt = referenceAt;
    this.#definition = definition;
    this.#schema = schema;
    this.#parent = parent;
    this.#seed = mix(seed, hash(definition.name));
    this.#make = compileValue(schema, '', schema);
    this.#idSchema = idSchemaOf(propertyAt(schema, definition.idProperty), idSchema, schema);
    this.#nameSchema = nameSchemaOf(propertyAt(schema, definition.idProperty));
    this.#ids = this.idsIn([]);
    const { properties = {} } = unionOf(schema) ?? {};
    this.#isUnion = objectsOf(schema).length > 1;
    this.#properties = new Set(Object.keys(properties));
    this.#hasID = propertyAt(schema, definition.idProperty) !== undefined;
  }

  /** What the ids of a scope begin with, where they are whole names. */
  nameOf(scope: Scope): string | undefined {
    if (this.#nameSchema === undefined) return undefined;
    return resourceName(this.#definition.path, scope, this.#nameSchema);
  }

  /** The ids of a scope's generated items. */
  idsIn(scope: Scope): IDs {
    const { idPrefix, exampleID, self } = this.#definition;
    const isListed = self !== undefined;
    const offset = scope.length === 0 ? 0 : hash(keyOf(scope));
    const name = this.nameOf(scope);
    if (name !== undefined)
      return below(name, createIDs(idPrefix.split('/').at(-1) ?? '', this.#seed, {}, offset));
    const ids = createIDs(idPrefix, this.#seed, this.#idSchema, offset, isListed);
    return exampleID === undefined ? ids : beginningWith(exampleID, ids);
  }

  /**
   * Made from its id, so that an item of this id is the same in every scope.
   *
   * @param isGenerated whether it is there from the start, or made for a client that adds one
   * @param branch the alternative of the schema that it is to be, if that is known
   */
  make(
    scope: Scope,
    index: number,
    id: string | number,
    isGenerated: boolean,
    branch?: Schema,
  ): Record<string, unknown> {
    const { idProperty, idPrefix, scope: params, references = [] } = this.#definition;
    const seed = mix(this.#seed, hash(String(id)));
    const exemplary = isGenerated && scope.length === 0 && index < exemplaryItems;
    const ids = { ...this.#idsAround(scope), [idPrefix]: id };
    const persona: Persona = { seed, index, exemplary, ids };
    const row = exemplary ? index : scope.length === 0 ? seed : this.#ids.rowOf(String(id));
    // The schema is that of an object: the generator of the spec's model takes no others for items.
    const make = branch ? compileValue(branch, '', this.#schema) : this.#make;
    const made = make({ persona, row, depth: 0 }, seed) as Record<string, unknown>;
    const own = branch ?? (this.#isUnion ? branchOf(this.#schema, made) : undefined);
    const isOwn = (name: string) => !own || propertyAt(own, name) !== undefined;
    let item = this.#hasID ? withValue(made, idProperty, id) : made;
    params.forEach(({ param, property }, i) => {
      const name = property ?? this.#propertyOf(param);
      if (name !== undefined && name !== idProperty && isOwn(name) && hasPlace(item, name))
        item = withValue(item, name, asProperty(this.#schema, name, scope[i]));
    });
    for (const { property, collection } of references) {
      const id = this.#referenceAt?.(collection, Math.floor(index / siblings));
      if (id !== undefined && isOwn(property))
        item = withValue(item, property, asProperty(this.#schema, property, id));
    }
    return item;
  }

  /** The property that holds a parameter of the path: `account_sid` for `{AccountSid}`. */
  #propertyOf(param: string): string | undefined {
    if (this.#properties.has(param)) return param;
    return [...this.#properties].find((name) => plainName(name) === plainName(param));
  }

  /** The ids of the items that a scope names, by how they begin. */
  #idsAround(scope: Scope): Record<string, string> {
    const ids: Record<string, string> = {};
    for (let above = this.#parent; above; above = above.parent) {
      const { idPrefix, scope: params } = above.definition;
      ids[idPrefix] = scope[params.length] ?? '';
    }
    return ids;
  }
}

/** Whether an item has the object that a property is in: one with that property alone may lack others. */
function hasPlace(item: Record<string, unknown>, path: string): boolean {
  const above = path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : undefined;
  return above === undefined || isObject(valueIn(item, above));
}

/** A path parameter's text as the property of the same name holds it. */
export function asProperty(schema: Schema, name: string, value: unknown): unknown {
  const [shape] = shapeOf(propertyAt(schema, name)).alternatives;
  const isNumber = [shape?.type].flat().some((type) => type === 'integer' || type === 'number');
  return isNumber && typeof value === 'string' && Number.isFinite(Number(value))
    ? Number(value)
    : value;
}

/** What an id may be: what the item's property and the path's parameter both allow, or else the property alone. */
function idSchemaOf(
  property: Schema | boolean | undefined,
  parameter: Schema | undefined,
  root: Schema,
): Schema | boolean | undefined {
  if (!parameter || typeof property !== 'object') return property;
  const [own] = shapeOf(property, root).alternatives;
  const [both] = shapeOf({ allOf: [own ?? {}, parameter] }).alternatives;
  return both ?? property;
}
