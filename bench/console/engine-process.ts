import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Ask, Report } from './engine-program.js';

/** The busy engine in a process of its own, behind a socket. */
export class EngineProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly socketPath: string,
  ) {}

  static async start(socketPath: string): Promise<EngineProcess> {
    const child = fork(fileURLToPath(new URL('./engine-program.js', import.meta.url)), [socketPath]);
    await once(child, 'message');
    return new EngineProcess(child, socketPath);
  }

  tell(ask: Exclude<Ask, 'report'>): void {
    this.child.send(ask);
  }

  async report(): Promise<Report> {
    const answer = once(this.child, 'message');
    this.child.send('report' satisfies Ask);
    const [report] = (await answer) as [Report];
    return report;
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.disconnect();
    await gone;
  }
}
