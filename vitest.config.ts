import { defineConfig } from 'vitest/config';

// What a hang costs, and no measure of speed: a machine may be many times slower than ours. Only two minutes are a hang.
const HANGS_AFTER_MS = 120_000;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    maxWorkers: '100%',
    // No test may need this; each attempt has servers, users and folders that no other one used.
    retry: process.env.CI ? 2 : 0,
    testTimeout: HANGS_AFTER_MS,
    hookTimeout: HANGS_AFTER_MS,
    expect: { poll: { timeout: 60_000, interval: 20 } },
  },
});
