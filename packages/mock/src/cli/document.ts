import { toAPI } from '../api/loaded.ts';
import { type LoadedAPI, loadAPI } from '../index.ts';
import { isURL } from '../lib/is-url.ts';
import { warmUp } from '../prism/schemas.ts';
import type { StartedServer } from '../start-mock.ts';
import type { Flags } from './flags.ts';
import { describeInferred } from './inferred.ts';
import { loadInThread, requestOf, startLoad } from './load-thread.ts';
import type { LoadReply, LoadRequest } from './load-worker.ts';
import { printable } from './printable.ts';
import { type Load, watch } from './watch.ts';

/** A server whose document can be replaced. */
type Reloadable = Pick<StartedServer, 'mock' | 'reload'>;

/** The document of `--spec`. */
export interface OpenedDocument {
  name: string;
  api: LoadedAPI;
  /** With `--watch`: lets a mock serve the document as it changes. Returns a function that ends that. */
  watch?(started: Reloadable): () => void;
}

/**
 * Reads the document that the command is to serve; undefined for the API that the package was made from.
 *
 * @param program the module that runs as a worker
 * @param begun the load of the document, if it began before
 * @throws {Error} with a line for each problem of the document
 */
export async function openDocument(
  flags: Flags,
  program: URL,
  begun: Load | undefined = loadInThread(flags, program),
): Promise<OpenedDocument | undefined> {
  const { spec: name } = flags;
  if (name === undefined) return undefined;
  const wrong = noFile(name);
  if (wrong !== undefined) throw new Error(printable(`--spec takes a file, ${wrong}`));
  const request = requestOf(name, flags);
  if (!begun) return { name, api: await readOnce(request) };
  const load = () => startLoad(program, request);
  warmUp();
  const { seen, loaded, problem = '' } = await begun.done;
  if (!loaded) throw new Error(invalid(name, problem));
  const api = toAPI(loaded);
  if (!flags.watch) return { name, api };
  return {
    name,
    api,
    watch(started) {
      const onLoad = createReloader(started, name, loaded.fingerprint, describeInferred(api, name));
      return watch({ seen, load, onLoad });
    },
  };
}

/** What is wrong with a name that cannot be that of a file; undefined if it can. */
function noFile(name: string): string | undefined {
  if (/^file:\/\//i.test(name))
    return `not a URL: --spec '${name.replace(/^file:\/\/[^/]*/i, '')}'`;
  if (isURL(name))
    return `and URLs are never fetched. Save the document first: curl -o openapi.yaml '${name}'`;
  if (name === '-' || /^\/(?:dev\/stdin$|(?:dev|proc\/[^/]+)\/fd\/)/.test(name))
    return 'and standard input is never read. Save the document first, and name the file.';
  return undefined;
}

async function readOnce({ spec, options }: LoadRequest): Promise<LoadedAPI> {
  try {
    return await loadAPI(spec, options);
  } catch (error) {
    const { name, message } = error as Error;
    throw name === 'SpecProblems' ? new Error(invalid(spec, message)) : error;
  }
}

function invalid(name: string, problem: string): string {
  return printable(`Invalid spec in ${name}:\n${problem}`, { lines: true });
}

/** Serves what was read, or says what is wrong with it and leaves things as they are. */
function createReloader(
  { mock, reload }: Reloadable,
  name: string,
  fingerprint: string,
  description: string,
): (reply: LoadReply) => void {
  let served = fingerprint;
  let described = description;
  let told: string | undefined;
  return ({ loaded, problem = '' }) => {
    if (!loaded) return refuse(problem);
    const wasInvalid = told !== undefined;
    if (loaded.fingerprint === served) {
      if (wasInvalid) console.error(`\n${name} is valid again, without changes.`);
      told = undefined;
      return;
    }
    const url = mock.url;
    let lost: string[];
    let next: LoadedAPI;
    try {
      next = toAPI(loaded);
      lost = reload(next.api);
    } catch (error) {
      return refuse((error as Error).message);
    }
    served = loaded.fingerprint;
    told = undefined;
    const state = wasInvalid ? 'is valid again' : 'changed';
    console.error(`\n${name} ${state}: the mock serves it, and keeps the data.`);
    for (const line of lost)
      console.error(printable(`Set aside, because it does not match the document: ${line}`));
    const text = describeInferred(next, name);
    if (text !== described) console.error(text);
    described = text;
    if (mock.url !== url) console.error(`Mock listening on ${mock.url}`);
  };

  function refuse(problem: string): void {
    const text = invalid(name, problem);
    if (text === told) return;
    told = text;
    console.error(`\n${text}\nThe mock keeps serving the previous version.`);
  }
}
