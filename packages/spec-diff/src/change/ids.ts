/**
 * Every kind of change, in the order in which the page lists them. An id is never renamed: people write it into
 * `spec/diff.yaml` and into scripts.
 */
export const changeIDs = [
  // Operations
  ...['operation-added', 'operation-removed', 'operation-moved', 'operation-id-changed'],
  ...['operation-id-added', 'path-parameter-renamed', 'callback-moved'],
  ...['callback-added', 'callback-removed', 'deprecated', 'no-longer-deprecated'],
  // Parameters, headers and bodies
  ...['parameter-added', 'required-parameter-added', 'parameter-removed'],
  ...['parameter-now-required', 'parameter-now-optional'],
  ...['header-added', 'required-header-added', 'header-removed'],
  ...['header-now-required', 'header-now-optional', 'header-now-present', 'header-may-be-missing'],
  ...['body-added', 'required-body-added', 'body-removed', 'body-now-required'],
  ...['body-now-optional', 'body-now-present', 'body-may-be-missing'],
  ...['style-changed', 'explode-changed', 'allow-reserved-changed', 'allow-empty-value-changed'],
  ...['media-type-added', 'media-type-removed', 'media-type-widened', 'media-type-narrowed'],
  ...['part-media-type-changed', 'now-in-a-media-type', 'no-longer-in-a-media-type'],
  // Responses
  ...['response-added', 'success-response-added', 'response-removed'],
  ...['link-added', 'link-removed', 'link-changed'],
  // Servers and authentication
  ...['server-address-changed', 'server-added', 'server-removed'],
  ...['server-variable-added', 'server-variable-removed', 'server-variable-default-changed'],
  ...['server-variable-values-changed'],
  ...['authentication-now-required', 'authentication-now-optional', 'authentication-changed'],
  ...['authentication-added', 'authentication-removed', 'scope-now-required'],
  ...['scope-no-longer-required', 'scheme-changed', 'flow-added', 'flow-removed', 'flow-changed'],
  ...['scope-added', 'scope-removed'],
  // Schemas: types and values
  ...['type-changed', 'type-added', 'type-removed', 'any-type-allowed', 'type-limited'],
  ...['integer-to-number', 'number-to-integer', 'alternative-added', 'alternative-removed'],
  ...['exactly-one-alternative', 'several-alternatives', 'alternative-deprecated'],
  ...['enum-value-added', 'enum-value-removed', 'enum-changed', 'enum-added', 'enum-removed'],
  ...['bound-raised', 'bound-lowered', 'bound-added', 'bound-removed', 'bound-changed'],
  ...['multiple-of-changed', 'format-changed', 'format-added', 'format-removed'],
  // Schemas: objects and arrays
  ...['property-added', 'required-property-added', 'property-removed', 'property-now-required'],
  ...['property-now-optional', 'property-now-present', 'property-may-be-missing'],
  ...['other-properties-allowed', 'other-properties-forbidden', 'other-properties-limited'],
  ...['pattern-properties-added', 'pattern-properties-removed', 'unique-items-added'],
  ...['unique-items-removed', 'dependent-required-added', 'dependent-required-removed'],
  ...['constraint-added', 'constraint-removed', 'constraint-changed', 'too-complex'],
  // Schemas: what is said of values
  ...['default-added', 'default-removed', 'default-changed'],
  ...['discriminator-added', 'discriminator-removed', 'discriminator-property-changed'],
  ...['discriminator-value-added', 'discriminator-value-removed', 'discriminator-value-changed'],
  ...['keyword-changed', 'xml-changed', 'reference-unresolved'],
  // The document
  ...['type-name-added', 'type-name-removed', 'type-key-changed', 'documentation-changed'],
  'extension-changed',
  // The TypeScript checker
  ...['parameters-do-not-compile', 'body-does-not-compile', 'result-does-not-compile'],
  // The client
  ...['method-added', 'method-removed', 'method-arguments-changed', 'method-path-changed'],
  ...['method-result-changed', 'method-argument-renamed', 'method-arguments-renamed'],
  'fetch-data-changed',
  ...['client-class-removed', 'client-option-added', 'client-option-removed'],
  'client-variable-changed',
  // The mock
  ...['collection-added', 'collection-removed', 'collection-changed', 'behavior-changed'],
] as const;

/** The stable name of a kind of change. */
export type ChangeID = (typeof changeIDs)[number];
