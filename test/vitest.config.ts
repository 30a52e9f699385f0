import { defineConfig } from 'vitest/config';

const crowded = ['test/end-to-end/{every-call,rush,soak}.test.ts'];

export default defineConfig({
  test: {
    globalSetup: 'test/support/stop-database.ts',
    // The first start of the embedded PostgreSQL takes a few seconds on a two-core machine.
    hookTimeout: 60_000,
    testTimeout: 90_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: ['test/end-to-end/**', 'test/browser/**'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Each has a whole shop, a Slack and a bot to itself: two at a time, and nothing beside them.
        extends: true,
        test: {
          name: 'end-to-end',
          include: ['test/end-to-end/**/*.test.ts'],
          exclude: crowded,
          // A world of real processes on a busy machine may lose one; a fault of ours fails twice.
          retry: 1,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Several bots and many incidents at once leave no room for another.
        extends: true,
        test: {
          name: 'crowded',
          include: crowded,
          retry: 1,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
      {
        // The practice page in a real Chromium.
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          retry: 1,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
