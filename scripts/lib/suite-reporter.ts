/** A Vitest reporter that writes one line of JSON per test file: its outcome and duration. */
import fs from 'node:fs';
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

/** Names the file that the lines go to. */
export const REPORT_VARIABLE = 'SETIA_TEST_REPORT';

const LONGEST_MESSAGE_CHARS = 600;

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
  /** Each failed test or hook by its full name, with the first lines of what it said. */
  failures: string[];
}

export default class SuiteReporter implements Reporter {
  readonly #reports: FileReport[] = [];

  onTestModuleEnd(module: TestModule): void {
    const failedTests = Array.from(module.children.allTests('failed'));
    const failedSuites = [module, ...module.children.allSuites()].filter(
      (suite) => suite.errors().length > 0,
    );
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
      failures: [
        ...failedSuites.map((suite) =>
          describeFailure('fullName' in suite ? suite.fullName : '', suite.errors()),
        ),
        ...failedTests.map((test) => describeFailure(test.fullName, test.result().errors)),
      ],
    });
  }

  onTestRunEnd(_modules: unknown, _errors: unknown, _reason: TestRunEndReason): void {
    const file = process.env[REPORT_VARIABLE];
    if (file !== undefined) fs.writeFileSync(file, JSON.stringify(this.#reports));
  }
}

function describeFailure(name: string, errors: readonly { message: string }[] = []): string {
  const said = errors[0]?.message.slice(0, LONGEST_MESSAGE_CHARS) ?? '';
  return `${name}\n${said.replaceAll(/^/gm, '      ')}`;
}

/** Reads the reporter's lines in `file`; none when the run didn't reach its end. */
export function readReports(file: string): FileReport[] {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : [];
}
