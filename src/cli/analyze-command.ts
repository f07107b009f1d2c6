import { layoutCorpus } from '../analysis/layout.ts';
import { analyze } from '../analysis/analyze.ts';
import type { AnalysisInput } from '../analysis/analysis-input.ts';
import { compareLayers } from '../analysis/layers.ts';
import type { AdapterProvenance } from '../core/adapter.ts';
import { assertComparable, defaultPivot, NO_CHOICES, type ParallelCorpus } from '../core/corpus.ts';
import { AnalyzerError } from '../core/errors.ts';
import { tokensByLanguage, truncationNotices, type RenderingTokens } from '../core/embeddings.ts';
import { toTag } from '../core/language.ts';
import { provenanceOf } from '../core/provenance.ts';
import type { VectorLayers } from '../core/layers.ts';
import type { ModelProvenance } from '../core/report.ts';
import { reportNotices } from '../core/report-notices.ts';
import { trustNotices, type EncoderTrust } from '../core/trust.ts';
import type { Matrix } from '../core/matrix.ts';
import { renderReports } from '../report/render-report.ts';
import { toReportFiles } from '../io/write/to-report.ts';
import { BUNDLED_MODEL, POOLINGS } from '../core/models.ts';
import type { ReadingWish } from '../core/encoder.ts';
import { adaptVectors, openAdapter } from './adapt-vectors.ts';
import { encodeTexts } from './encode-texts.ts';
import { vectorsFolder } from './cache-command.ts';
import { parsed, seedOf, usage } from './options.ts';
import { readEmbeddings } from './read-embeddings.ts';
import { readFiles } from './read-files.ts';
import { progressLine, type ShellContext } from './progress.ts';
import { withKernels } from './with-kernels.ts';
import { assertWritable, writeAll } from './write-files.ts';
import { tellIssues } from './tell-issues.ts';

interface Options {
  files: string[];
  out: string;
  model: string;
  dtype: string;
  reading: ReadingWish;
  embeddings: string | undefined;
  pivot: string | undefined;
  seed: number;
  layers: boolean;
  adapter: string | undefined;
  /** Folder of kept vectors; null where none are kept. */
  cache: string | null;
}

/** `isogloss analyze`: the page's analysis, from files to files. */
export async function analyzeCommand(argv: string[], version: string): Promise<void> {
  const options = parseOptions(argv);
  await assertWritable(options.out);
  const opened = options.adapter === undefined ? null : await openAdapter(options.adapter);
  const context = progressLine();
  const { corpus, issues } = await readFiles(options.files);
  tellIssues(issues, context);
  const pivot = pivotOf(corpus, options.pivot);
  assertComparable(corpus);
  const encoded = await vectorsOf(corpus, options, context);
  const { layers, tokens, model, trust } = encoded;
  const adapted = opened && (await adaptVectors(opened, { corpus, ...encoded }));
  const { vectors, adapter } = adapted ?? encoded;
  const byLayer = options.layers ? layersOf(layers) : null;
  const counts = tokens && tokensByLanguage(corpus, tokens);
  const cut = counts === null ? [] : truncationNotices(corpus, counts, model.maxTokens);
  const warnings = [...cut, ...trustNotices(corpus, trust), ...(adapted?.notices ?? [])];
  for (const sentence of warnings) context.say(`warning: ${sentence}`);
  const { seed } = options;
  const { report, remarks, layerReports, layout, used } = await analyzed(
    { corpus, vectors, tokens, pivot, seed },
    byLayer,
    context,
  );
  const provenance = provenanceOf(corpus, {
    isogloss: version,
    model,
    adapter,
    trust,
    kernels: used,
    projection: layout.provenance,
    seed,
    choices: NO_CHOICES,
    pivot,
    issues,
    notices: [...encoded.notices, ...warnings, ...remarks],
  });
  const { picture } = layout;
  const files = toReportFiles({
    corpus,
    report,
    provenance,
    pivot: corpus.languages[pivot].tag,
    vectors,
    layers: byLayer && { vectors: byLayer, reports: layerReports ?? [] },
    picture,
    documents: renderReports({ corpus, report, provenance, picture, layers: layerReports }),
  });
  await writeAll(options.out, files);
  context.say(`Wrote ${files.size} files to ${options.out}.`);
}

/** All that kernels have a part in, and which they were. */
function analyzed(input: AnalysisInput, layers: VectorLayers | null, context: ShellContext) {
  return withKernels(async ({ kernels, notices }) => {
    const { backend, device, tolerance } = kernels;
    const { report, neighbors } = await analyze(input, kernels, context);
    const remarks = reportNotices(report);
    for (const sentence of remarks) context.say(`note: ${sentence}`);
    return {
      used: { backend, device, tolerance },
      remarks: [...notices, ...remarks],
      report,
      layerReports: layers && (await compareLayers({ ...input, layers }, kernels, context)),
      layout: await layoutCorpus({ ...input, neighbors }, kernels, context),
    };
  });
}

function parseOptions(argv: string[]): Options {
  const option = { type: 'string' } as const;
  const { values, positionals } = parsed(argv, {
    out: option,
    model: option,
    dtype: option,
    pooling: option,
    prefix: option,
    embeddings: option,
    pivot: option,
    seed: option,
    adapter: option,
    layers: { type: 'boolean' },
    cache: option,
    'no-cache': { type: 'boolean' },
  });
  if (positionals.length === 0) throw usage('No file is given.');
  if (values.out === undefined) throw usage('The option --out DIR is missing.');
  if (values.out === '') throw usage('The option --out needs a folder.');
  const { model, dtype, pooling, prefix } = values;
  if (values.cache === '') throw usage('The option --cache needs a folder.');
  if (values.cache !== undefined && values['no-cache'] === true)
    throw usage('Give --cache or --no-cache, not both.');
  if (values.embeddings !== undefined && (model ?? dtype ?? pooling ?? prefix) !== undefined) {
    throw usage(
      'With --embeddings nothing is encoded: leave --model, --dtype, --pooling and --prefix out.',
    );
  }
  if (values.adapter !== undefined && values.layers === true)
    throw usage('An adapter maps the final vectors alone: leave --layers or --adapter out.');
  return {
    files: positionals,
    out: values.out,
    model: model ?? BUNDLED_MODEL,
    dtype: dtype ?? 'fp32',
    reading: readingWish(pooling, prefix),
    embeddings: values.embeddings,
    pivot: values.pivot,
    seed: seedOf(values.seed),
    layers: values.layers ?? false,
    adapter: values.adapter,
    cache: values['no-cache'] === true ? null : (values.cache ?? vectorsFolder()),
  };
}

function readingWish(pooling: string | undefined, prefix: string | undefined): ReadingWish {
  const known = POOLINGS.find((one) => one === pooling);
  if (pooling !== undefined && known === undefined)
    throw usage(`The pooling ${pooling} is unknown: it is one of ${POOLINGS.join(', ')}.`);
  return {
    ...(known === undefined ? {} : { pooling: known }),
    ...(prefix === undefined ? {} : { prefix }),
  };
}

function pivotOf(corpus: ParallelCorpus, wish: string | undefined): number {
  if (wish === undefined) return corpus.languages.length === 0 ? 0 : defaultPivot(corpus);
  const found = corpus.languages.findIndex(
    ({ label, tag }) => label === wish || tag === (toTag(wish) ?? wish),
  );
  if (found >= 0) return found;
  const labels = corpus.languages.map(({ label }) => label).join(', ');
  throw new AnalyzerError('corpus/pivot-missing', `The pivot language ${wish} has no texts.`, {
    hint: `Choose one of ${labels}.`,
  });
}

interface Vectors {
  vectors: Matrix;
  layers: VectorLayers | null;
  tokens: RenderingTokens | null;
  model: ModelProvenance;
  /** What mapped them before they were given. */
  adapter: AdapterProvenance | null;
  trust: EncoderTrust | null;
  notices: string[];
}

/** @throws AnalyzerError `usage` where there is one vector for each text */
function layersOf(layers: VectorLayers | null): VectorLayers {
  if (layers !== null) return layers;
  throw usage('The option --layers needs vectors by layer; there is one vector for each text.');
}

async function vectorsOf(
  corpus: ParallelCorpus,
  options: Options,
  context: ShellContext,
): Promise<Vectors> {
  if (options.embeddings === undefined)
    return { ...(await encodeTexts(corpus.renderings.text, options, context)), adapter: null };
  const given = await readEmbeddings(corpus, options.embeddings);
  return { ...given, tokens: null, trust: null };
}
