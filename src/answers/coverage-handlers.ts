import type { AnswerTable } from '../core/answers.ts';
import type { OffTarget } from '../core/coverage.ts';
import { issueLine } from '../core/errors.ts';
import type { AnswerReader } from '../io/answers/answer-source.ts';
import { readTaxonomy } from '../io/read/from-taxonomy.ts';
import { toCoverageFiles } from '../io/write/coverage-tables.ts';
import { toZip } from '../io/write/to-zip.ts';
import type { CoverageApi, CoverageRequest } from '../protocol/api.ts';
import {
  breatheUnlessStopped,
  type CallContext,
  type Handlers,
  type inTurn,
} from '../protocol/server.ts';
import { languagesCovered } from './coverage/coverage.ts';
import { countOffTarget } from './coverage/off-target.ts';

/** Answers between two breaths. */
const STEP = 200;

/** Coverage of what the reader holds, and of what the page says of the facts. */
export function coverageHandlers(
  reader: AnswerReader,
  queue: ReturnType<typeof inTurn>,
): Handlers<CoverageApi> {
  let last: { table: AnswerTable; rows: OffTarget[] } | null = null;
  const covered = ({ corpus, run, trust, taxonomy, seed }: CoverageRequest) =>
    languagesCovered({ corpus, run, trust, table: reader.table() }, { taxonomy, seed });
  // Beside the queue: it breathes, and other views need not wait for it.
  const offTarget = async (context: CallContext): Promise<OffTarget[]> => {
    const table = await queue(() => reader.table());
    if (last?.table !== table) last = { table, rows: await judgeAll(table, context) };
    return last.rows;
  };
  return {
    taxonomy: ({ name, text }) => readTaxonomy(name, text),
    coverage: (request) => queue(() => covered(request)),
    offTarget: (_, context) => offTarget(context),
    packCoverage: async ({ isogloss, notices, ...request }, context) => {
      const rows = await offTarget(context);
      const issues = await queue(() => reader.summary().issues);
      const report = await queue(() => ({ ...covered(request), offTarget: rows }));
      const about = {
        isogloss,
        seed: request.seed,
        notices: [...notices, ...issues.map(issueLine)],
      };
      return toZip(toCoverageFiles(report, about));
    },
  };
}

async function judgeAll(table: AnswerTable, context: CallContext): Promise<OffTarget[]> {
  const count = countOffTarget(table);
  const total = table.answers.text.length;
  for (let i = 0; i < total; i++) {
    if (i % STEP === 0) {
      context.report({ stage: 'Telling the languages of answers', done: i, total });
      await breatheUnlessStopped(context.signal, 'Telling the languages of answers');
    }
    count.judge(i);
  }
  return count.rows();
}
