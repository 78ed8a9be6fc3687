import { rootOf, unpack } from './unpack.js';

// npm run unpack-servers: Cyrus and Courier beside whatever is installed, for npm run test:real and test:faults.
for (const server of ['cyrus', 'courier'] as const) {
  try {
    await unpack(server);
    process.stdout.write(`${server}: ${rootOf(server)}\n`);
  } catch (error) {
    process.stdout.write(
      `${server} could not be unpacked: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = 1;
  }
}
