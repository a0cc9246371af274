import type { Locate } from '@org/openapi';
import { emitMock } from './emit/mock.ts';
import { emitReference } from './emit/reference.ts';
import { emitResources } from './emit/resources.ts';
import { emitTypes } from './emit/types.ts';
import { type BuiltModel, buildModel } from './infer/build-model.ts';

/** Everything that is generated from a document, by path in the repository. Writes nothing. */
export async function generate(
  bundled: object,
  locate?: Locate,
): Promise<BuiltModel & { files: Record<string, string> }> {
  const built = buildModel(bundled, locate);
  const files = {
    ...(await emitTypes(built)),
    ...emitResources(built),
    ...emitReference(built),
    ...(await emitMock(built)),
  };
  return { ...built, files };
}
