import { takeRenderings } from '../core/common-corpus.ts';
import { rowsOfFacts } from '../core/corpus.ts';
import type { SensitivityChange } from '../core/lab.ts';
import { takeRows } from '../core/matrix.ts';
import type { LabApi } from '../protocol/api.ts';
import type { Client } from '../protocol/client.ts';
import type { Encoding } from './encoding.svelte.ts';
import type { ErrandOptions } from './errand.svelte.ts';
import { changeOfErrors, stacked, withStatements } from './held-out.ts';
import { assertSameEncoder, type LabFit, type LabRun } from './lab-fit.ts';
import { startAnswers } from './workers.ts';

/** False statements of held-out facts: made in the pivot language, encoded as the run was, judged before and after a fit. */
export async function judgeStatements(
  {
    run,
    fit,
    encoding,
    lab,
  }: { run: LabRun; fit: LabFit; encoding: Encoding; lab: Client<LabApi> },
  options: ErrandOptions,
): Promise<SensitivityChange> {
  const answers = startAnswers();
  try {
    const rows = rowsOfFacts(run.corpus, fit.report.split.test);
    const corpus = takeRenderings(run.corpus, rows);
    const { tag } = run.corpus.languages[run.pivot];
    const language = corpus.languages.findIndex((own) => own.tag === tag);
    const request = { corpus, language, seed: run.seed };
    const statements = await answers.makeNegatives(request, options);
    const { vectors: fresh, model } = await encoding.encodeTexts(statements, options);
    assertSameEncoder(run.model, model);
    const vectors = stacked(takeRows(run.vectors, rows), fresh);
    const all = { corpus: withStatements(corpus, statements, language), vectors };
    const adapted = await lab.apply({ adapter: fit.report.adapter, ...all }, options);
    const before = await answers.judgeNegatives({ vectors }, options);
    const after = await answers.judgeNegatives({ vectors: adapted.vectors }, options);
    return changeOfErrors(before, after);
  } finally {
    answers.dispose();
  }
}
