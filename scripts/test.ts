/**
 * `npm test`: every check, all of them even when one fails, and a summary at the end. Further
 * arguments name what to run: `npm test -- lint unit db`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const SUITES = ['unit', 'db', 'routes', 'contract', 'extensions', 'scenarios', 'browser'];

const SOURCE_CHECKS_AT_ONCE = 2;

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

/** Runs a check and shows what it prints in one piece at its end. */
async function runQuietly({ name, command }: Check): Promise<Outcome> {
  const started = Date.now();
  const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => printed.push(piece));
  child.stderr.on('data', (piece: Buffer) => printed.push(piece));
  const [status] = await once(child, 'close');
  process.stdout.write(`\n== ${name}\n${Buffer.concat(printed).toString()}`);
  return { name, ok: status === 0, seconds: (Date.now() - started) / 1000 };
}

/** Checks of the sources read only, so they run side by side; the outcomes come in the order of the checks. */
async function runTogether(checks: readonly Check[]): Promise<Outcome[]> {
  const outcomes = new Map<Check, Outcome>();
  const queue = [...checks];
  const lane = async (): Promise<void> => {
    for (let check = queue.shift(); check; check = queue.shift())
      outcomes.set(check, await runQuietly(check));
  };
  await Promise.all(Array.from({ length: SOURCE_CHECKS_AT_ONCE }, lane));
  return checks.flatMap((check) => outcomes.get(check) ?? []);
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
const asked = CHECKS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const ofSources = await runTogether(asked.filter(({ name }) => !SUITES.includes(name)));
const ofSuites = asked.filter(({ name }) => SUITES.includes(name)).map(run);
const outcomes = [...ofSources, ...ofSuites];
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
