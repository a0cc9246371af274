import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test',
  workers: 2,
  fullyParallel: true,
  reporter: 'list',
  use: {
    launchOptions: {
      // The system's browser. Remove this line to use the one that `playwright install` downloads.
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    },
  },
});
