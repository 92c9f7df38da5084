/**
 * `npm test`: every check one after the other, all of them even when one fails, and a summary at the end. Further
 * arguments name what to run: `npm test -- lint unit db`.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const SUITES = ['unit', 'db', 'routes', 'contract', 'extensions', 'scenarios', 'browser'];

interface Check {
  name: string;
  /** Arguments of node. */
  command: string[];
}

interface Outcome {
  name: string;
  ok: boolean;
  seconds: number;
  /** Only of test suites. */
  tests?: { passed: number; failed: number; skipped: number };
}

const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-reports-'));

const CHECKS: Check[] = [
  { name: 'typecheck', command: ['node_modules/typescript/bin/tsc', '--noEmit'] },
  { name: 'lint', command: ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'] },
  {
    name: 'format',
    command: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  },
  {
    name: 'boundaries',
    command: ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', ...boundaryArguments()],
  },
  { name: 'knip', command: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  { name: 'codegen', command: ['scripts/codegen.ts', '--check'] },
  ...SUITES.map((name) => ({ name, command: vitestArguments(name) })),
];

function boundaryArguments(): string[] {
  const folders = ['app', 'extensions', 'sandbox', 'scripts', 'prisma', 'bench', 'test', 'server.ts'];
  return [
    '--config',
    '.dependency-cruiser.cjs',
    ...folders.filter((name) => fs.existsSync(path.join(ROOT, name))),
  ];
}

function vitestArguments(project: string): string[] {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile(project)}`];
  return ['node_modules/vitest/vitest.mjs', 'run', '--project', project, '--passWithNoTests', ...reporters];
}

function reportFile(project: string): string {
  return path.join(reports, `${project}.json`);
}

function run({ name, command }: Check): Outcome {
  process.stdout.write(`\n== ${name}\n`);
  const started = Date.now();
  const { status } = spawnSync(process.execPath, command, { cwd: ROOT, stdio: 'inherit' });
  const outcome = { name, ok: status === 0, seconds: (Date.now() - started) / 1000 };
  return SUITES.includes(name) ? { ...outcome, tests: readReport(name) } : outcome;
}

function readReport(project: string): NonNullable<Outcome['tests']> {
  if (!fs.existsSync(reportFile(project))) return { passed: 0, failed: 0, skipped: 0 };
  const report = JSON.parse(fs.readFileSync(reportFile(project), 'utf8'));
  return {
    passed: Number(report.numPassedTests),
    failed: Number(report.numFailedTests),
    skipped: Number(report.numPendingTests) + Number(report.numTodoTests),
  };
}

function describe({ name, ok, seconds, tests }: Outcome): string {
  const counts = tests
    ? `${tests.passed} passed, ${tests.failed} failed${tests.skipped ? `, ${tests.skipped} skipped` : ''}`
    : '';
  return `  ${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s  ${counts}`;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !CHECKS.some((check) => check.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `Unknown: ${unknown.join(', ')}. Known: ${CHECKS.map(({ name }) => name).join(', ')}.\n`,
  );
  process.exit(2);
}
const outcomes = CHECKS.filter(({ name }) => wanted.length === 0 || wanted.includes(name)).map(run);
fs.rmSync(reports, { recursive: true, force: true });

const suites = outcomes.flatMap(({ ok, tests }) => (tests ? [{ ok, ...tests }] : []));
const passed = suites.reduce((sum, suite) => sum + suite.passed, 0);
// A suite that could not even be loaded has no failed test and is a failure all the same.
const failed = suites.reduce((sum, suite) => sum + Math.max(suite.failed, suite.ok ? 0 : 1), 0);
const failedChecks = outcomes.filter(({ ok }) => !ok).map(({ name }) => name);

process.stdout.write(`\n${outcomes.map(describe).join('\n')}\n`);
process.stdout.write(
  failedChecks.length > 0 ? `\nFailed: ${failedChecks.join(', ')}\n` : '\nEverything holds.\n',
);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failedChecks.length > 0 ? 1 : 0);
