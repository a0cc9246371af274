// Applies overlay.yaml to the spec if it exists, checks it by the rules in redocly.yaml, and writes it as one file of JSON: dist/openapi.json.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SpecProblems } from '@org/openapi';
import { readDocumentFile } from '@org/openapi/read';
import { parse } from 'yaml';

const folder = import.meta.dirname;
const lint = parse(readFileSync(join(folder, 'redocly.yaml'), 'utf8'));
const overlays = existsSync(join(folder, 'overlay.yaml')) ? ['overlay.yaml'] : [];
try {
  const { document } = await readDocumentFile(join(folder, 'openapi.yaml'), { lint, overlays });
  mkdirSync(join(folder, 'dist'), { recursive: true });
  writeFileSync(join(folder, 'dist/openapi.json'), JSON.stringify(document, null, 2));
} catch (error) {
  if (!(error instanceof SpecProblems)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
