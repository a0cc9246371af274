const { spawn } = require('node:child_process');
const { once } = require('node:events');

// Jest's `globalSetup`: starts the mock on a free port, and passes its address to the tests.
module.exports = async () => {
  const mock = spawn('npx', ['--no', '--', 'org-mock', '--port', '0', '--log', 'none']);
  let output = '';
  while (!output.includes('listening on')) {
    const [chunk] = await Promise.race([once(mock.stderr, 'data'), once(mock, 'exit')]);
    if (mock.exitCode !== null) throw new Error(output);
    output += chunk;
  }
  globalThis.mock = mock;
  process.env.OPENAI_BASE_URL = /listening on (\S+)/.exec(output)[1];
};
