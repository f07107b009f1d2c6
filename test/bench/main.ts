import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { holdInChromium } from './chromium.ts';
import type { ContestResult } from './harness.ts';
import { hold } from './hold.ts';
import { compareLarge, LARGE, layoutLarge } from './large.ts';
import { nodeSetting } from './node-setting.ts';
import { HELP, readOptions, type Options } from './options.ts';
import { pairMemory } from './pair-memory.ts';
import { toJson, toMarkdown, type HeldContest, type Place, type RunInfo } from './results.ts';

const RESULTS = 'test/bench/RESULTS.md';
const COMPARED = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-backend-wasm',
  'umap-js',
  'embedding-atlas',
  '@huggingface/transformers',
  'onnxruntime-web',
];

const argv = process.argv.slice(2);
if (argv[0] === LARGE) await layoutLarge(argv[1]);
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
  const held: HeldContest[] = [];
  const notes: Record<string, string> = {};
  const announce = (place: Place) => (result: ContestResult) => {
    held.push({ ...result, place });
    process.stdout.write(`${toMarkdown({ ...result, place })}\n`);
  };
  const info = runInfo();
  process.stdout.write(`${headOf(info)}\n`);
  const node = nodeSetting(options, announce({ name: 'Node', remark: '' }));
  for (const subject of options.subjects) {
    if (subject !== 'gpu') await hold(subject, node);
    if (subject === 'pair') Object.assign(notes, await pairMemory(options.sizes.facts));
    await holdInChromium(subject, options, announce);
  }
  if (options.large) Object.assign(notes, compareLarge());
  const lines = Object.entries(notes).map(([name, value]) => `- ${name}: ${value}`);
  process.stdout.write(`${lines.join('\n')}\n`);
  if (options.json !== null)
    writeFileSync(options.json, `${JSON.stringify({ ...toJson(held, info), notes }, null, 2)}\n`);
  const tables = [headOf(info), ...held.map(toMarkdown), ...lines, ''].join('\n');
  if (options.write) writeFileSync(RESULTS, tables);
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

function headOf({ machine, commit, date, versions, command }: RunInfo): string {
  const used = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `# Results of the benchmarks

${date}, commit ${commit}, ${machine}. To repeat: \`${command}\`.

With ${used.join(', ')}.

A ratio is the median over rounds of the rival's time over the own time in that round, with the lowest and the highest. Contestants take turns in random order; the first round is told apart as cold. Around each round a control loop of 200 ms runs: where it takes over a tenth longer than the fastest, the round is discarded. A ratio counts when its guards hold and five rounds were kept.
`;
}
