/** A document as many are: OpenAPI 3.0, ids without dots, integer ids, bare arrays, a key in a header. */
export const petShop = `openapi: 3.0.3
info: { title: Pet shop, version: 1.0.0 }
servers:
  - url: https://{host}/api/v3
    variables: { host: { default: pets.test } }
security: [{ api_key: [] }]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pet]
      parameters:
        - { name: status, in: query, schema: { type: string, enum: [available, sold] } }
        - { name: session, in: cookie, schema: { type: string } }
      responses:
        '200':
          description: OK
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Pet' } }
    post:
      operationId: addPet
      tags: [pet]
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
      responses:
        '201':
          description: Added
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
  /pets/{petId}:
    parameters:
      - { name: petId, in: path, required: true, schema: { type: integer, minimum: 1 } }
    get:
      responses:
        '200':
          description: OK
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
    delete:
      operationId: delete
      responses: { '204': { description: Gone } }
  /pets/{petId}/photo:
    post:
      operationId: uploadPhoto
      parameters:
        - { name: petId, in: path, required: true, schema: { type: integer } }
      requestBody: { content: { image/png: { schema: { type: string, format: binary } } } }
      responses: { '204': { description: Stored } }
components:
  securitySchemes: { api_key: { type: apiKey, in: header, name: api_key } }
  schemas:
    Pet:
      type: object
      required: [id, name]
      properties:
        id: { type: integer, minimum: 1 }
        name: { type: string, nullable: true }
        status: { type: string, enum: [available, sold] }
`;

/** A document of several files: a list with cursors, its items, and a path beside them. */
export const library: Record<string, string> = {
  'openapi.yaml': `openapi: 3.1.0
info: { title: Library, version: '1' }
paths:
  /books:
    $ref: paths/books.yaml#/list
  /books/{book_id}:
    $ref: paths/books.yaml#/item
`,
  'paths/books.yaml': `list:
  get:
    parameters:
      - { name: after, in: query, schema: { type: string } }
      - { name: limit, in: query, schema: { $ref: ../limit.yaml } }
    responses:
      '200':
        description: OK
        content:
          application/json:
            schema:
              type: object
              required: [data, has_more]
              properties:
                data: { type: array, items: { $ref: ../schemas/book.yaml } }
                has_more: { type: boolean }
  post:
    requestBody:
      required: true
      content:
        application/json:
          schema: { type: object, required: [title], properties: { title: { type: string } } }
    responses:
      '201':
        description: Added
        content: { application/json: { schema: { $ref: ../schemas/book.yaml } } }
item:
  parameters:
    - { name: book_id, in: path, required: true, schema: { type: string } }
  get:
    responses:
      '200':
        description: OK
        content: { application/json: { schema: { $ref: ../schemas/book.yaml } } }
  delete:
    responses: { '204': { description: Gone } }
`,
  'schemas/book.yaml': `type: object
required: [id, title]
properties:
  id: { type: string }
  title: { type: string }
`,
  'limit.yaml': 'type: integer\nminimum: 1\nmaximum: 50\ndefault: 10\n',
};
