import { list } from 'tar';

/** A file of a tarball: its mode, as octal digits, and its content. */
export interface TarballEntry {
  mode: string;
  content: Buffer;
}

/** The entries of a tarball, by name. How it is compressed, and its times and owners, are left out. */
export async function readTarball(path: string): Promise<Map<string, TarballEntry>> {
  const entries = new Map<string, TarballEntry>();
  await list({
    file: path,
    strict: true,
    onReadEntry(entry) {
      const chunks: Buffer[] = [];
      entry.on('data', (chunk) => chunks.push(chunk));
      const name = entry.type === 'File' ? entry.path : `${entry.path} (${entry.type})`;
      const mode = (entry.mode ?? 0).toString(8);
      entry.on('end', () => {
        if (entries.has(name)) throw new Error(`${path} has two entries ${name}.`);
        entries.set(name, { mode, content: Buffer.concat(chunks) });
      });
    },
  });
  return entries;
}

/** The differences between the entries of two tarballs. */
export function differences(
  published: ReadonlyMap<string, TarballEntry>,
  built: ReadonlyMap<string, TarballEntry>,
): string[] {
  const names = [...new Set([...published.keys(), ...built.keys()])].sort();
  return names.flatMap((name) => {
    const [theirs, ours] = [published.get(name), built.get(name)];
    if (!theirs) return [`${name} is missing`];
    if (!ours) return [`${name} should not be there`];
    if (theirs.mode !== ours.mode) return [`${name} has mode ${theirs.mode}, not ${ours.mode}`];
    if (theirs.content.equals(ours.content)) return [];
    return [`${name} differs at byte ${firstDifference(theirs.content, ours.content)}`];
  });
}

function firstDifference(a: Buffer, b: Buffer): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) if (a[i] !== b[i]) return i;
  return length;
}
