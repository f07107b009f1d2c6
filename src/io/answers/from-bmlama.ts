import { fitRows } from '../read/fit-rows.ts';
import { parseDelimited } from '../read/from-csv.ts';
import { HEADER } from '../read/from-bmlama.ts';
import { labelOfFile } from '../read/file-label.ts';
import { addHole, addQuestion, emptyList, type FileAnswers } from './question-list.ts';

/** Reads BMLAMA's questions: the candidates are the options; the right one is -1 where they lack the answer. */
export function fromBmlama(name: string, text: string): FileAnswers {
  const delimited = parseDelimited(text);
  const { table, issues } = fitRows(name, {
    ...delimited,
    rows: [HEADER, ...delimited.rows.slice(1)],
  });
  const language = labelOfFile(name).label;
  const list = emptyList({ file: name, task: 'bmlama', language, model: '', variant: '' });
  table.rows.forEach(([prompt, answer, candidates], r) => {
    if (prompt === '') {
      addHole(list, table.lines[r]);
      return;
    }
    const options = candidates.split(', ');
    addQuestion(list, table.lines[r], {
      wording: { question: prompt, options, truths: [answer] },
      options: options.length,
      gold: options.indexOf(answer),
    });
  });
  return { format: 'bmlama', lists: [list], training: [], issues };
}
