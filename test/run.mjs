import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, fail, root, say } from '../src/cli/prepare.mjs';
import { findBrowser } from './find-browser.mjs';

/** `npm test`: installs what is missing, checks, builds, runs every test, and ends with one line of totals. */

const INSTALLERS = [
  ['sh', '-c', 'apt-get update -qq && apt-get install -y -qq chromium'],
  ['sh', '-c', 'dnf install -y -q chromium'],
  ['sh', '-c', 'pacman -S --noconfirm chromium'],
  ['sh', '-c', 'apk add chromium'],
];

ensureInstalled();
ensureBrowser();
step('Checking formats, lint, types and import rules', 'npm', ['run', '--silent', 'check']);
await ensureBuilt('page');
await ensureBuilt('cli');

const { passed, failed } = runTests();
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

/** A system Chrome or Chromium, else the distribution's package, else a sentence that says what to do. */
function ensureBrowser() {
  if (findBrowser() !== null) return;
  say('Installing Chromium for the browser tests …');
  for (const [command, ...args] of INSTALLERS) {
    const { status } = spawnSync(command, args, { stdio: ['ignore', 2, 2] });
    if (status === 0 && findBrowser() !== null) return;
  }
  fail(
    'The browser tests need Chrome or Chromium. Install one, or name its program in CHROME_PATH, and run npm test again.',
  );
}

function step(what, command, args) {
  say(`${what} …`);
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    process.stdout.write('0 passed, 1 failed\n');
    process.exit(1);
  }
}

function runTests() {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const report = join(root, 'test-results/vitest.json');
  rmSync(report, { force: true });
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { cwd: root, stdio: 'inherit' },
  );
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  // A file that cannot be loaded has no tests to fail, and an unhandled error belongs to none.
  const failures = Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0, status === 0 ? 0 : 1);
  return { passed: numPassedTests, failed: failures };
}
