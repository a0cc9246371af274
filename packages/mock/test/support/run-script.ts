import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const client = resolve(import.meta.dirname, '../../../client');

/**
 * Runs a program as a process of its own, in a folder where a client is installed.
 *
 * @param clientSource The module that stands in for `@org/client`. Default: the real one, which must be built.
 */
export async function runScript(script: string, baseURL: string, clientSource?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'script-'));
  try {
    const installed = join(folder, 'node_modules/@org/client');
    mkdirSync(dirname(installed), { recursive: true });
    if (clientSource === undefined) symlinkSync(client, installed);
    else {
      mkdirSync(installed);
      writeFileSync(join(installed, 'index.mjs'), clientSource);
      writeFileSync(join(installed, 'package.json'), '{ "exports": "./index.mjs" }');
    }
    writeFileSync(join(folder, 'changes.mjs'), script);
    const env = { ...process.env, OPENAI_BASE_URL: baseURL, OPENAI_ADMIN_KEY: 'any' };
    const child = spawn(process.execPath, ['changes.mjs'], { cwd: folder, env });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      output.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output.stderr += chunk;
    });
    const code = await new Promise<number | null>((done) => child.on('close', done));
    return { ...output, code };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A client of any mock: its methods are the operations that the mock lists, and their arguments are those of generated code. */
export const anyClient = `
const base = process.env.OPENAI_BASE_URL;
const operations = await (await fetch(new URL('/_mock/operations', base))).json();
const json = { 'content-type': 'application/json' };

async function call({ method, path, parameters, arguments: { length } }, ...given) {
  const rest = { ...given[length - 1] };
  const last = /\\{([^}]+)\\}[^{]*$/.exec(path)?.[1];
  if (length > 1 || last === undefined) Object.assign(rest, given[last === undefined ? 0 : 1]);
  const address = path.replace(/\\{([^}]+)\\}/g, (_, name) => {
    if (name === last) return encodeURIComponent(given[0]);
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(value);
  });
  const isWrite = method !== 'GET' && method !== 'DELETE';
  const body = isWrite ? JSON.stringify(typeof given.at(-1) === 'object' ? rest : {}) : undefined;
  const response = await fetch(base + address, { method, ...(isWrite && { body, headers: json }) });
  const text = await response.text();
  if (!response.ok) throw Object.assign(new Error(response.status + ' ' + text), { status: response.status });
  return text === '' ? undefined : JSON.parse(text);
}

function method(operation) {
  return (...given) => {
    const result = call(operation, ...given);
    return Object.assign(result, {
      async *[Symbol.asyncIterator]() {
        yield* Object.values(await result).find(Array.isArray);
      },
    });
  };
}

export default class {
  constructor() {
    for (const operation of operations) {
      const names = operation.call.split('.').slice(1);
      let target = this;
      for (const name of names.slice(0, -1)) target = target[name] ??= {};
      target[names.at(-1)] = method(operation);
    }
  }
}
`;
