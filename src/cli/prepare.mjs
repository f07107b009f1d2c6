import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Runs before anything is installed: Node's own modules only. */

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Installs the packages of package-lock.json when they are missing or older than it. */
export function ensureInstalled() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const fits = major >= 24 || (major === 22 && minor >= 13) || (major === 20 && minor >= 19);
  if (!fits) {
    fail(`Isogloss needs Node 20.19, 22.13, or 24 and newer; this is ${process.versions.node}.`);
  }
  const installed = join(root, 'node_modules/.package-lock.json');
  if (existsSync(installed) && modified(installed) >= modified(join(root, 'package-lock.json')))
    return;
  say('Installing packages (once) …');
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
}

/**
 * Builds the page or the shell command when a source is newer than the last build.
 *
 * @param {'page' | 'cli'} target
 */
export async function ensureBuilt(target) {
  ensureInstalled();
  const output = join(root, target === 'page' ? 'dist/page/index.html' : 'dist/cli/main.js');
  const sources = [
    'src',
    'workers',
    'public',
    'index.html',
    'vite.config.ts',
    'package.json',
    'package-lock.json',
  ];
  const newest = Math.max(...sources.map((path) => newestIn(join(root, path))));
  if (existsSync(output) && modified(output) >= newest) return;
  say(target === 'page' ? 'Building the page …' : 'Building the shell command …');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  run(process.execPath, [
    vite,
    'build',
    '--logLevel',
    'warn',
    ...(target === 'cli' ? ['--ssr'] : []),
  ]);
}

function newestIn(path) {
  if (!statSync(path).isDirectory()) return modified(path);
  return Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

function modified(path) {
  return statSync(path).mtimeMs;
}

function run(command, args) {
  // Its output goes to the error stream: the standard output belongs to the command that was asked for.
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (error !== undefined) fail(`${command} could not be started: ${error.message}`);
  if (status !== 0) fail(`${command} ${args[0]} failed; its message stands above.`);
}

export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

export function fail(sentence) {
  say(sentence);
  process.exit(1);
}
