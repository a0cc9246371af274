// Measures the pipeline's steps for a document of deeply nested unions with the given number of schemas.

import { generate } from '@org/codegen';
import { createMock, loadAPI } from '@org/mock';
import { diff } from '@org/spec-diff';
import { unionsOf } from '@org/test-suite/unions';
import { stepTimes } from './step-times.ts';

const count = Number(process.argv[2]);
const text = JSON.stringify(unionsOf(count));
const changed = text.replaceAll('"maximum":100', '"maximum":50');

const { times, timed } = stepTimes(() => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
});

await timed('generate', () => generate(JSON.parse(text)));
await timed('spec:diff', () => diff(JSON.parse(text), JSON.parse(changed)));
const api = await timed('mock, start', () => loadAPI(JSON.parse(text)));
const mock = createMock({ api });
const path = Object.keys(JSON.parse(text).paths)[0];
const headers = { authorization: 'Bearer key' };
await timed('mock, first response', async () => {
  const response = await mock.fetch(`https://bench.test/v1${path}`, { headers });
  if (!response.ok) throw new Error(await response.text());
});
console.log(JSON.stringify({ times, memory: process.resourceUsage().maxRSS / 1024 }));
