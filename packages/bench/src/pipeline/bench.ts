import type { Tell } from '../main.ts';
export async function benchPipeline(_tell: Tell, _quick: boolean): Promise<void> {}
