import { textOf, type JsonRecord } from '../read/records.ts';
import { byFile, issueLog } from '../read/issue-log.ts';
import { issue } from '../read/sheet.ts';
import { listOfTexts, numberOf } from './fields.ts';
import { isHole, type AnswerText, type FileAnswers } from './question-list.ts';
import { goldReader, type StatedGold } from './read-gold.ts';
import { rowGroups } from './row-groups.ts';

export function isCandidateScores([{ value }]: JsonRecord[]): boolean {
  return 'candidates' in value && 'scores' in value;
}

/** Reads `{id, lang, model?, candidates, scores, gold?}`: candidates are the options of a question, told apart by their places. */
export function fromCandidateScores(file: AnswerText): FileAnswers {
  const groups = rowGroups(file);
  const log = issueLog(byFile);
  const statedGold = ({ value }: JsonRecord): StatedGold => ({
    value: groups.fields.gold === undefined ? '' : value[groups.fields.gold],
    options: listOfTexts(value.candidates),
  });
  const goldOf = goldReader(file.records.map(statedGold));
  for (const record of file.records) {
    if (isHole(record)) continue;
    const { value, line } = record;
    const candidates = listOfTexts(value.candidates);
    const scores = Float64Array.from(listOfTexts(value.scores), numberOf);
    if (scores.length !== candidates.length || scores.some(Number.isNaN)) {
      const message = `The row has ${candidates.length} candidates and ${scores.filter((score) => !Number.isNaN(score)).length} scores that are numbers; it is left out.`;
      log.add(issue(file.name, ['warning', 'bad-row'], message, { line }));
      continue;
    }
    const list = groups.listOf(record);
    const row = groups.place(list, record, () => ({
      wording: { question: textOf(value.question ?? value.prompt), options: candidates },
      options: candidates.length,
      ...goldOf(statedGold(record)),
    }));
    list.rankings.push({ row, candidates, scores });
  }
  return { format: 'candidate-scores', lists: groups.lists, training: [], issues: log.all() };
}
