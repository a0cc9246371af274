// Fails if a mock that was stopped still listens. It may take a moment to close.
const { readFileSync } = require('node:fs');
const { setTimeout: sleep } = require('node:timers/promises');

async function main() {
  for (const url of ['http://127.0.0.1:4012/v1', readFileSync('jest-url.txt', 'utf8')]) {
    const health = new URL('/_mock/health', url);
    const isServed = () =>
      fetch(health).then(
        () => true,
        () => false,
      );
    for (let i = 0; i < 50 && (await isServed()); i += 1) await sleep(100);
    if (await isServed()) throw new Error(`A mock still listens: ${health}`);
  }
  console.log('The ports are free.');
}
main();
