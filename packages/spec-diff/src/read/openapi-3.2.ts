import { isRecord, type Json, list, record } from '../document/json.ts';

interface Unknown {
  keyword: string;
  place: string;
}

/** The keywords of OpenAPI 3.2 that change requests or responses, and that no rule supports. */
export function refuseUnknown(document: Json): Unknown[] {
  const found = new Map<string, string>();
  const note = (keyword: string, place: string) => {
    if (!found.has(keyword)) found.set(keyword, place);
  };
  const open: { node: unknown; place: readonly string[] }[] = [{ node: document, place: [] }];
  for (const { node, place } of open) {
    if (isRecord(node)) {
      const parent = place.at(-2) ?? '';
      const where = place.join(' › ');
      if (
        place.length >= 2 &&
        (place[0] === 'paths' || place[0] === 'webhooks') &&
        place.length === 2
      ) {
        if ('additionalOperations' in node) note('additionalOperations', where);
        if (isRecord(node['query'])) note('query', where);
      }
      if (parent === 'content') {
        for (const keyword of ['itemSchema', 'prefixEncoding', 'itemEncoding']) {
          if (keyword in node) note(keyword, where);
        }
      }
      if (node['in'] === 'querystring') note('in: querystring', where);
      if (node['style'] === 'cookie') note('style: cookie', where);
      if (isRecord(node['discriminator']) && 'defaultMapping' in node['discriminator']) {
        note('discriminator.defaultMapping', where);
      }
      if (isRecord(node['flows']) && 'deviceAuthorization' in record(node['flows'])) {
        note('flows.deviceAuthorization', where);
      }
      if (isRecord(node['xml']) && 'nodeType' in node['xml']) note('xml.nodeType', where);
    }
    const entries = Array.isArray(node) ? list(node).entries() : Object.entries(record(node));
    for (const [name, inner] of entries) {
      if (name === 'example' || name === 'examples' || name === 'default') continue;
      if (typeof inner === 'object' && inner !== null) {
        open.push({ node: inner, place: [...place, String(name)] });
      }
    }
  }
  return [...found].map(([keyword, place]) => ({ keyword, place }));
}
