import type { AnswerTable } from '../../core/answers.ts';
import type { LintRule } from '../../core/lint.ts';
import type { Findings } from './findings.ts';
import { endsWithMarker, hasMarkersTwice, hasPlaceholder } from './template-marks.ts';

const RULES: [LintRule, (text: string) => boolean][] = [
  ['marker-at-end', endsWithMarker],
  ['marker-twice', hasMarkersTwice],
  ['placeholder', hasPlaceholder],
];

/** What is left of templates in answers. Nothing is mended there: they are what the model said. */
export function checkAnswers(table: AnswerTable, findings: Findings): void {
  const { questions, tasks, languages, answers } = table;
  for (const [rule, breaks] of RULES) {
    findings.checked(rule, answers.text.length);
    answers.text.forEach((text, i) => {
      if (!breaks(text)) return;
      const { task, id } = questions[answers.question[i]];
      const language = languages[answers.language[i]].label;
      findings.found(rule, {
        file: '',
        line: 0,
        question: `${tasks[task].name}/${id}`,
        language,
        text,
      });
    });
  }
}
