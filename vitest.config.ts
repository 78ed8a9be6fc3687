import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // Programs under a pty share two cores with all other tests there: one that came too late may come again.
    retry: process.env.CI ? 2 : 0,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
