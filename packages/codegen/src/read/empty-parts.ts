import type { Document } from '@org/openapi';
import { dataKeywords, keywordNodes, maps } from './keyword-nodes.ts';

/**
 * Removes parts that are null, as in YAML what has no value: an empty schema among others becomes one that allows
 * anything. A type that is null was meant to be that type: `type: [string, null]`. The document's reader warns about
 * all of them. Changes the document.
 */
export function repairEmptyParts(document: Document): void {
  for (const node of keywordNodes(document)) {
    if (Array.isArray(node['type'])) node['type'] = node['type'].map((type) => type ?? 'null');
    for (const [key, value] of Object.entries(node)) {
      if (value === null && key === 'type') node[key] = 'null';
      else if (value === null && !dataKeywords.has(key) && !key.startsWith('x-')) delete node[key];
      else if (typeof value === 'object' && value !== null && maps.has(key))
        for (const [name, part] of Object.entries(value)) {
          if (part === null && !name.startsWith('x-')) Object.assign(value, { [name]: {} });
        }
    }
  }
}
