/** One row per folder of src/: what it may import. The same table stands in CONTRIBUTING.md. */
const TABLE = {
  core: [],
  metrics: ['core'],
  io: ['core', 'metrics', 'protocol'],
  compute: ['core', 'protocol'],
  projection: ['core', 'protocol', 'compute/webgpu'],
  encoder: ['core', 'protocol', 'compute/probe'],
  analysis: ['core', 'metrics', 'compute', 'projection', 'protocol'],
  adapters: ['core', 'metrics', 'compute', 'projection', 'analysis', 'protocol'],
  planner: ['core', 'metrics', 'protocol'],
  answers: ['core', 'metrics', 'io', 'compute', 'protocol'],
  protocol: ['core'],
  cli: [
    'core',
    'metrics',
    'io',
    'compute',
    'encoder',
    'analysis',
    'adapters',
    'planner',
    'answers',
    'report',
    'protocol',
  ],
  plots: ['core', 'metrics'],
  report: ['core', 'metrics', 'plots'],
  ui: ['core', 'metrics', 'plots', 'report', 'protocol'],
};

/** Outside packages have one door each. */
const DOORS = {
  '@huggingface/transformers': '^src/encoder/transformers\\.ts$',
  '@tensorflow/': '^(src/(compute/webgpu|adapters/tensors)|workers/lab\\.worker\\.ts$)',
  franc: '^src/answers/identify-language\\.ts$',
  hyparquet: '^src/io/read/from-parquet\\.ts$',
  papaparse: '^src/io/(read/from-csv|write/to-csv)\\.ts$',
  fflate: '^src/io/(read/compression|write/to-zip)\\.ts$',
  svelte: '^src/(plots|report|ui)/',
  'd3-scale': '^src/plots/',
  'onnxruntime-web': '^workers/encoder\\.worker\\.ts$',
};

const rows = Object.entries(TABLE).map(([folder, allowed]) => ({
  name: `${folder}-imports`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: [folder, ...allowed].map((name) => `^src/${name}[/.]`) },
}));

const doors = Object.entries(DOORS).map(([name, door]) => ({
  name: `door-of-${name.replace(/\W+/g, '-')}`,
  severity: 'error',
  from: { path: '^(src|workers)/', pathNot: door },
  to: { path: `node_modules/${name}` },
}));

module.exports = {
  forbidden: [
    ...rows,
    ...doors,
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^src/[a-z]+/wasm/(assembly|build)', '^dist/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    extraExtensionsToScan: ['.svelte'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'default'],
    },
  },
};
