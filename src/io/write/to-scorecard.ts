import type { ScoreExport } from '../../core/scorecard.ts';
import type { Row } from './score-cells.ts';
import { scorecardJson } from './score-json.ts';
import {
  DIFFERENCE_HEADER,
  DIFFICULTY_HEADER,
  JOIN_HEADER,
  RANKING_HEADER,
  RETRIEVAL_HEADER,
  SHARED_HEADER,
  SIMILARITY_HEADER,
  TEXT_HEADER,
  TRUTHFUL_HEADER,
  differenceRows,
  difficultyRows,
  islandsCsv,
  joinRows,
  questionsCsv,
  rankingRows,
  retrievalRows,
  sharedRows,
  similarityRows,
  textRows,
  truthfulRows,
} from './score-lists.ts';
import { PAIR_HEADER, pairRows, scoresCsv, tasksCsv } from './score-tables.ts';
import { toCsv } from './to-csv.ts';

/** All files of a scorecard by path. Tables without a row are left out, but those that every scorecard has. */
export function toScoreFiles(input: ScoreExport): Map<string, string> {
  const { scorecard, table, differences, similarities, joins, document } = input;
  const files = new Map([
    ['scorecard.json', scorecardJson(input)],
    ['scores.csv', scoresCsv(scorecard)],
    ['tasks.csv', tasksCsv(scorecard)],
    ['islands.csv', islandsCsv(scorecard, table)],
    ['questions.csv', questionsCsv(table)],
  ]);
  const optional: [string, Row, Row[]][] = [
    ['language-pairs.csv', PAIR_HEADER, pairRows(scorecard)],
    ['shared-wrong.csv', SHARED_HEADER, sharedRows(scorecard, table)],
    ['difficulty.csv', DIFFICULTY_HEADER, difficultyRows(scorecard)],
    ['retrieval.csv', RETRIEVAL_HEADER, retrievalRows(scorecard)],
    ['free-text.csv', TEXT_HEADER, textRows(scorecard)],
    ['similarity.csv', SIMILARITY_HEADER, similarityRows(scorecard, similarities)],
    ['truthful.csv', TRUTHFUL_HEADER, truthfulRows(scorecard)],
    ['rankings.csv', RANKING_HEADER, rankingRows(scorecard)],
    ['mcnemar.csv', DIFFERENCE_HEADER, differenceRows(scorecard, differences)],
    ['alignment.csv', JOIN_HEADER, joinRows(scorecard, joins)],
  ];
  for (const [name, header, rows] of optional)
    if (rows.length > 0) files.set(name, toCsv([header, ...rows]));
  if (document !== '') files.set('scorecard.md', document);
  return files;
}
