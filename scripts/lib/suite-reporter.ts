/** A Vitest reporter that writes one line of JSON per test file: its outcome and duration. */
import fs from 'node:fs';
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

/** Names the file that the lines go to. */
export const REPORT_VARIABLE = 'SETIA_TEST_REPORT';

/** One file of tests; `passed`, `failed` and `skipped` count its tests. */
export interface FileReport {
  suite: string;
  file: string;
  /** False also for a file that couldn't be loaded, which has no failed test. */
  ok: boolean;
  /** From loading the file to its last hook. */
  seconds: number;
  passed: number;
  failed: number;
  skipped: number;
}

export default class SuiteReporter implements Reporter {
  readonly #reports: FileReport[] = [];

  onTestModuleEnd(module: TestModule): void {
    const states = Array.from(module.children.allTests(), (test) => test.result().state);
    const count = (...wanted: string[]) => states.filter((state) => wanted.includes(state)).length;
    const took = module.diagnostic();
    const ms = took.environmentSetupDuration + took.prepareDuration + took.setupDuration;
    this.#reports.push({
      suite: module.project.name,
      file: module.relativeModuleId,
      ok: module.ok(),
      seconds: (ms + took.collectDuration + took.duration) / 1000,
      passed: count('passed'),
      failed: count('failed'),
      skipped: count('skipped', 'pending'),
    });
  }

  onTestRunEnd(_modules: unknown, _errors: unknown, _reason: TestRunEndReason): void {
    const file = process.env[REPORT_VARIABLE];
    if (file !== undefined) fs.writeFileSync(file, JSON.stringify(this.#reports));
  }
}

/** Reads the reporter's lines in `file`; none when the run didn't reach its end. */
export function readReports(file: string): FileReport[] {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : [];
}
