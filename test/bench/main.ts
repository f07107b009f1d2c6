import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { holdInChromium } from './chromium.ts';
import { hold } from './hold.ts';
import { nodeSetting } from './node-setting.ts';
import { HELP, readOptions, subjectsOf, type Options } from './options.ts';
import {
  headOf,
  toDocument,
  toMarkdown,
  toResults,
  type HeldContest,
  type Results,
  type RunInfo,
} from './results.ts';
import { ALONE, weighHere, weighLayout, weighPair } from './memory/weigh.ts';

const KEPT = 'test/bench/results.json';
const PAGE = 'test/bench/RESULTS.md';
const DRAWING = 'test/bench/drawing.mjs';
const COMPARED = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-backend-wasm',
  'umap-js',
  'embedding-atlas',
  '@huggingface/transformers',
  'onnxruntime-web',
];

const argv = process.argv.slice(2);
if (argv[0] === ALONE) await weighHere(argv.slice(1));
else if (argv.includes('--help')) process.stdout.write(HELP);
else await run();

async function run(): Promise<void> {
  let options: Options;
  try {
    options = readOptions(argv);
  } catch (thrown) {
    process.stderr.write(`${(thrown as Error).message}\n\n${HELP}`);
    process.exitCode = 2;
    return;
  }
  for (const file of options.files) keep(readMeasured(file));
  if (options.files.length === 0) await holdAll(options);
}

async function holdAll(options: Options): Promise<void> {
  const info = runInfo();
  process.stdout.write(`${headOf(info)}\n`);
  const made: Results = {};
  const announce = (contest: HeldContest): void => {
    process.stdout.write(`${toMarkdown(contest)}\n`);
    const results = toResults(contest, info);
    Object.assign(made, results);
    if (options.json !== null) writeJson(options.json, made);
    if (options.write) keep(results);
  };
  const { sizes, large } = options;
  const node = nodeSetting(options, (result) =>
    announce({ ...result, place: { name: 'Node', remark: '' } }),
  );
  for (const asked of options.asked) {
    const subjects = subjectsOf(asked, large);
    for (const subject of subjects.node) await hold(subject, node);
    if (asked === 'pair' && !large) announce(weighPair(sizes.facts));
    if (asked === 'umap' && large) announce(weighLayout(sizes.weighed));
    if (subjects.browser.length > 0) await holdInChromium(subjects.browser, options, announce);
    if (asked === 'draw') draw(sizes.drawn);
  }
}

/** Puts results beside those of earlier runs, in place of their own earlier ones, and makes the page anew. */
function keep(results: Results): void {
  const all = { ...(existsSync(KEPT) ? readResults(KEPT) : {}), ...results };
  writeJson(KEPT, all);
  writeFileSync(PAGE, toDocument(all));
}

/** @throws Error about results that say nothing about speed */
function readMeasured(file: string): Results {
  const results = readResults(file);
  const trial = Object.keys(results).find((id) => results[id].run.command.includes('--quick'));
  if (trial !== undefined)
    throw new Error(`${file}: ${trial} is of a --quick run, which says nothing about speed.`);
  return results;
}

function readResults(file: string): Results {
  return JSON.parse(readFileSync(file, 'utf8')) as Results;
}

function writeJson(file: string, results: Results): void {
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}

function draw(points: number[]): void {
  spawnSync(process.execPath, [DRAWING, ...points.map(String)], { stdio: 'inherit' });
}

function runInfo(): RunInfo {
  const [cpu, ...others] = cpus();
  const packages = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  const all = { ...packages.dependencies, ...packages.devDependencies };
  const versions = Object.fromEntries(COMPARED.map((name) => [name, all[name]]));
  return {
    machine: `${1 + others.length} x ${cpu?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}`,
    commit: commitOf(),
    date: new Date().toISOString().slice(0, 10),
    versions: { node: process.versions.node, ...versions },
    command: ['npm run bench --', ...argv].join(' '),
  };
}

/** The commit, marked where files differ from it; 'unknown' outside a checkout. */
function commitOf(): string {
  const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return git('rev-parse', '--short', 'HEAD') + (changed ? ', with changes' : '');
  } catch {
    return 'unknown';
  }
}
