// Jest's `globalTeardown`
module.exports = () => globalThis.mock.kill();
