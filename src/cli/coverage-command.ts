import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { coverage } from '../answers/coverage/coverage.ts';
import type { AnswerTable } from '../core/answers.ts';
import type { ParallelCorpus } from '../core/corpus.ts';
import type { CoverageReport } from '../core/coverage.ts';
import { AnalyzerError, isCancelled, issueLine } from '../core/errors.ts';
import { BUNDLED_MODEL } from '../core/models.ts';
import { storedTrust } from '../encoder/stored-trust.ts';
import { readLanguageTable } from '../io/read/from-language-table.ts';
import { readTaxonomy } from '../io/read/from-taxonomy.ts';
import { toCoverageFiles } from '../io/write/coverage-tables.ts';
import { deliver, DESTINATION_OPTIONS, destinationOf } from './deliver.ts';
import { nodeSource } from './node-source.ts';
import { parsed, seedOf, usage } from './options.ts';
import { progressLine, type ShellContext } from './progress.ts';
import { readAnswers } from './read-answers.ts';
import { readFiles } from './read-files.ts';

/** `isogloss coverage`: what there is of each language, and whether languages fare alike. */
export async function coverageCommand(argv: string[], isogloss: string): Promise<void> {
  const { values, positionals } = parsed(argv, {
    ...DESTINATION_OPTIONS,
    taxonomy: { type: 'string' },
    report: { type: 'string' },
    seed: { type: 'string' },
  });
  if (positionals.length === 0) throw usage('No file is given.');
  const { taxonomy, report: run } = values;
  const seed = seedOf(values.seed);
  const destination = await destinationOf(values);
  const context = progressLine();
  const { corpus, table, notices } = await readBoth(positionals, context);
  const report = coverage(
    {
      corpus,
      table,
      trust: await bundledTrust(),
      run: run === undefined ? null : await fromText(join(run, 'languages.csv'), readLanguageTable),
    },
    { taxonomy: taxonomy === undefined ? null : await fromText(taxonomy, readTaxonomy), seed },
  );
  const files = toCoverageFiles(report, { isogloss, seed, notices });
  const results = {
    files,
    table: coverageTable(report),
    json: 'coverage.json',
    csv: 'coverage.csv',
  };
  await deliver(results, destination, context);
}

interface Read {
  corpus: ParallelCorpus | null;
  table: AnswerTable | null;
  notices: string[];
}

/** The files as facts and as answers; either may be missing. */
async function readBoth(files: string[], context: ShellContext): Promise<Read> {
  const [facts, answers] = await Promise.allSettled([
    readFiles(files),
    readAnswers(files, context),
  ]);
  for (const { reason } of [facts, answers].filter((read) => read.status === 'rejected')) {
    if (isCancelled(reason) || (reason instanceof AnalyzerError && reason.code === 'usage'))
      throw reason;
  }
  if (facts.status === 'rejected' && answers.status === 'rejected') throw facts.reason;
  const issues = [
    ...(facts.status === 'fulfilled' ? facts.value.issues : []),
    ...(answers.status === 'fulfilled' ? answers.value.summary.issues : []),
  ];
  return {
    corpus: facts.status === 'fulfilled' ? facts.value.corpus : null,
    table: answers.status === 'fulfilled' ? answers.value.table : null,
    notices: issues.map(issueLine),
  };
}

/** What was measured of the bundled encoder. */
async function bundledTrust() {
  return storedTrust({
    'trust.json': await nodeSource().readBundled(`${BUNDLED_MODEL}/trust.json`),
  });
}

async function fromText<Result>(
  path: string,
  read: (name: string, text: string) => Result,
): Promise<Result> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AnalyzerError('usage', `The file ${path} cannot be read.`, {
      hint: 'Check the path.',
      cause,
    });
  });
  return read(basename(path), text);
}

function coverageTable({ counts, offTarget, groups, disparities }: CoverageReport): string {
  const lines = counts.map(
    ({ of, languages, facts, answers, trainingRows, encoder }) =>
      `${of.padEnd(12)} ${[languages, facts, answers, trainingRows, encoder].map((n) => String(n).padStart(10)).join('')}`,
  );
  const judged = offTarget.reduce((sum, row) => sum + row.judged, 0);
  const off = offTarget.reduce((sum, row) => sum + row.offTarget, 0);
  const all = offTarget.reduce((sum, row) => sum + row.answers, 0);
  const said =
    all === 0
      ? []
      : [`${off} of ${judged} answers that could be judged, of ${all}, are in another language.`];
  const mexa = groups
    .filter(({ metric, p }) => metric === 'mexa' && !Number.isNaN(p))
    .map(
      ({ grouping, groups: own, languages, f, p }) =>
        `MEXA by ${grouping}: F ${f.toFixed(2)}, p ${p.toFixed(4)} (${own.length} groups of ${languages} languages)`,
    );
  const spread = disparities
    .filter(({ metric }) => metric === 'mexa')
    .map(
      ({ democratization, worstOverBest, gini }) =>
        `MEXA over languages: DD ${democratization.toFixed(3)}, worst / best ${worstOverBest.toFixed(3)}, Gini ${gini.toFixed(3)}`,
    );
  return `${'languages'.padEnd(12)} ${['all', 'facts', 'answers', 'training', 'encoder'].map((name) => name.padStart(10)).join('')}\n${[...lines, ...said, ...mexa, ...spread].join('\n')}\n`;
}
