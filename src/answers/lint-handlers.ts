import { productsOf } from '../compute/kernels.ts';
import { createWasm } from '../compute/wasm.ts';
import type { AnswerTable } from '../core/answers.ts';
import { AnalyzerError, issueLine } from '../core/errors.ts';
import type { LintReport, LintResult, Mending } from '../core/lint.ts';
import { takeRows, type Matrix } from '../core/matrix.ts';
import type { AnswerReader } from '../io/answers/answer-source.ts';
import { toLintFiles } from '../io/write/lint-tables.ts';
import { toZip } from '../io/write/to-zip.ts';
import type { LintApi, NamedFile } from '../protocol/api.ts';
import type { Handlers, inTurn } from '../protocol/server.ts';
import { fixTraining } from './lint/fix-training.ts';
import { lint, type PromptVectors } from './lint/lint.ts';
import { mendFiles } from './lint/mend-files.ts';
import { promptOf } from './lint/training-rules.ts';

/** Vectors of the prompts of a table, each prompt once. */
interface EncodedPrompts {
  table: AnswerTable;
  vectors: Matrix;
}

/** Lint of what the reader holds. */
export function lintHandlers(
  reader: AnswerReader,
  queue: ReturnType<typeof inTurn>,
): Handlers<LintApi> {
  let encoded: EncodedPrompts | null = null;
  let last: { table: AnswerTable; seed: number; vectors: Matrix | null; report: LintReport } | null;
  const reportOf = async (table: AnswerTable, seed: number): Promise<LintReport> => {
    const vectors = encoded?.table === table ? encoded.vectors : null;
    if (last?.table !== table || last.seed !== seed || last.vectors !== vectors)
      last = { table, seed, vectors, report: await linted(table, seed, vectors) };
    return last.report;
  };
  return {
    lint: ({ seed }) =>
      queue(async (): Promise<LintResult> => {
        const table = reader.table();
        const report = await reportOf(table, seed);
        const isTested = table.training.some(({ split }) => split === 'test');
        const missing = isTested ? 'not sought' : 'no rows of a test';
        return {
          ...report,
          mending: mendingOf(table, report),
          nearDuplicates: last?.vectors != null ? 'sought' : missing,
        };
      }),
    trainingPrompts: () => queue(() => distinctPrompts(reader.table())),
    comparePrompts: ({ vectors }) =>
      queue(() => {
        const table = reader.table();
        if (distinctPrompts(table).length !== vectors.rows)
          throw new AnalyzerError('internal', 'The files have changed since they were encoded.');
        encoded = { table, vectors };
      }),
    packLint: ({ isogloss, seed, files }) =>
      queue(async () => {
        const table = reader.table();
        const report = await reportOf(table, seed);
        const mended = files && (await mendFiles(table, contentsOf(files)));
        const sought = last?.vectors != null;
        const notices = [
          ...reader.summary().issues.map(issueLine),
          ...(sought ? [] : ['Near duplicates were not sought.']),
        ];
        const fixes = mended && mended.fixes;
        const written = toLintFiles(report, { isogloss, seed, notices, fixes });
        for (const [name, content] of mended?.files ?? []) written.set(`fixed/${name}`, content);
        return { zip: toZip(written), archived: mended?.archived ?? [] };
      }),
  };
}

function contentsOf(files: NamedFile[]): (name: string) => Promise<string> | null {
  return (name) => files.find((file) => file.name === name)?.content.text() ?? null;
}

function distinctPrompts({ training }: AnswerTable): string[] {
  return [...new Set(training.map(promptOf))];
}

async function linted(
  table: AnswerTable,
  seed: number,
  vectors: Matrix | null,
): Promise<LintReport> {
  if (vectors === null) return lint(table, { seed, prompts: null });
  const kernels = await createWasm();
  try {
    const place = new Map(distinctPrompts(table).map((prompt, i) => [prompt, i]));
    const prompts: PromptVectors = {
      vectors: takeRows(
        vectors,
        table.training.map((row) => place.get(promptOf(row))!),
      ),
      products: productsOf(kernels),
    };
    return await lint(table, { seed, prompts });
  } finally {
    kernels.dispose();
  }
}

/** How much mending would change, and how the rows that examples show. */
function mendingOf(table: AnswerTable, { findings }: LintReport): Mending {
  const { rows, fixes } = fixTraining(table);
  const shown = new Set(findings.flatMap(({ examples }) => examples.map(placeOf)));
  return {
    changed: rows.filter((row, i) => row !== null && row !== table.training[i]).length,
    removed: rows.filter((row) => row === null).length,
    ofExamples: fixes.filter((fix) => shown.has(placeOf(fix))),
  };
}

function placeOf({ file, row }: { file: string; row?: number | undefined }): string {
  return `${row} ${file}`;
}
