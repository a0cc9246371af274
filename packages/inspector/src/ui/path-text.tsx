import type { VNode } from 'preact';

/** A path that can wrap after its slashes. */
export function PathText({ path }: { path: string }): VNode {
  const parts = path.split(/(?<=.\/)/);
  return (
    <span>{parts.map((part, index) => [index > 0 && <wbr key={`break ${index}`} />, part])}</span>
  );
}
