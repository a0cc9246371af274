/** Why a call of a document in `@readme/oas-examples` cannot succeed, by the document and the beginning of the failure. */
const reasons: readonly [document: string, failure: RegExp, reason: string][] = [
  [
    '',
    /Request body must match exactly one schema in oneOf/,
    'its alternatives allow the same values, and only a discriminator, which does not validate, tells them apart',
  ],
  [
    '3.0/json/http-status-codes.json',
    /^status\.x1\d\d\./,
    'a response cannot have a status below 200',
  ],
  [
    '3.0/json/circular-request-bodies.json',
    /^direct\.create/,
    'each node needs a parent, so that no finite value is valid',
  ],
  [
    '3.0/json/request-examples.json',
    /^requestBodyPrimitiveExample/,
    "the document's example breaks its schema",
  ],
  ['/schema-types.json', /quirks\.polymorphism/, 'no value is a string and an integer'],
  [
    '3.0/json/readme-legacy.json',
    /^docs\.create/,
    'the value that is made for it has the properties of both alternatives',
  ],
  [
    '/parameters-style.json',
    /^cookiesForm.*the mock took it for cookies\.retrieve/,
    'its path differs from another one in the fragment alone, which no request has',
  ],
  [
    '3.0/json/schema-deprecated.json',
    /^anything\.create: .*polymorphism\.oneOf/,
    'both alternatives of its oneOf are the same schema, so that no value has exactly one',
  ],
  [
    '3.1/json/schema-validation-',
    /^anything\.numbers\.retrieve: .*'id-exclusive-required': must be > 10/,
    'the value that is made for a number above an exclusive minimum is the minimum',
  ],
];

export function knownFailures(document: string, failure: string): string | undefined {
  return reasons.find(([name, pattern]) => document.includes(name) && pattern.test(failure))?.[2];
}
