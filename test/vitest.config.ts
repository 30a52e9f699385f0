import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/stop-database.ts',
    // The first start of the embedded PostgreSQL takes a few seconds on a two-core machine.
    hookTimeout: 60_000,
    testTimeout: 60_000,
  },
});
