import type { Locate, Problem } from '@org/openapi';
import type { BuiltModel } from '../infer/build-model.ts';
import { isIgnored } from '../read/read-client.ts';
import { checkBodies, checkResponses } from './bodies.ts';
import { checkClientNames } from './client-names.ts';
import { checkClientOptions } from './client-options.ts';
import { checkExtensions } from './extensions.ts';
import { Findings } from './findings.ts';
import { checkNames } from './names.ts';
import { operationsOf } from './operations.ts';
import { checkPages } from './pages.ts';
import { checkParameters } from './parameters.ts';
import { checkSecurity } from './security.ts';
import { checkServers } from './servers.ts';
import { checkErrors, listDynamicReferences, listUnmapped } from './unmapped.ts';

/**
 * Finds parts that the client could not send, follow or return as documented. The mock serves such documents
 * anyway.
 *
 * @returns the parts that are not generated
 * @throws {SpecProblems} with every part that would lead to a wrong request or result
 */
export function checkClient({ document, model }: BuiltModel, locate: Locate): Problem[] {
  const findings = new Findings(locate);
  const all = operationsOf(document);
  const operations = all.filter(({ object }) => !isIgnored(object));
  checkServers(document, operations, findings);
  checkClientOptions(document, findings);
  const lists = model.operations.filter(({ result }) => result.kind === 'page');
  checkExtensions(document, all, new Set(lists.map(({ id }) => id)), findings);
  checkSecurity(document, operations, findings);
  checkParameters(document, operations, findings);
  checkBodies(document, operations, findings);
  checkResponses(document, operations, findings);
  checkPages(document, operations, findings);
  checkNames(document, model.root, findings);
  checkClientNames(document, model, findings);
  checkErrors(document, findings);
  listUnmapped(document, all, findings);
  listDynamicReferences(document, findings);
  return findings.list();
}
