import type { Severity } from '../../core/errors.ts';
import { LINT_RULES, type LintExample, type LintFinding, type LintRule } from '../../core/lint.ts';

const EXAMPLES = 10;
const CHARACTERS = 200;

const ABOUT: Record<LintRule, [Severity, string]> = {
  'marker-at-end': ['warning', 'An answer ends with a marker behind which nothing stands.'],
  'marker-twice': [
    'warning',
    'An answer has a marker of questions or answers twice, or a prompt has one twice in a row.',
  ],
  placeholder: ['warning', 'An answer holds a placeholder in angle brackets or a control token.'],
  'chosen-is-rejected': ['error', 'The chosen and the rejected answer are the same.'],
  'same-letter': ['error', 'The chosen and the rejected answer choose the same option.'],
  'language-mismatch': [
    'warning',
    'The chosen answer is in another language than its file says, or than its prompt.',
  ],
  'contradictory-pairs': ['error', 'Two pairs of one prompt prefer opposite answers.'],
  'duplicate-across-splits': ['error', 'A prompt for training is one of the test, too.'],
  'near-duplicate-across-splits': [
    'warning',
    'A prompt for training has a cosine above 0.98 with one of the test.',
  ],
  'truncated-prompt': [
    'warning',
    'A prompt is cut: it stops at a comma or bracket, at a length that many have, or amid its options.',
  ],
  'gold-outside-options': ['error', 'The letter of the right answer is none of the options.'],
  'gold-outside-candidates': ['error', 'No right answer is among the candidates.'],
  'unequal-options': ['error', 'A question has more options in some languages than in others.'],
};

/** Findings as they are made: counts, and the first examples. */
export interface Findings {
  /** Notes that a rule could judge something. */
  checked(rule: LintRule, count?: number): void;
  found(rule: LintRule, example: LintExample, isFixable?: boolean): void;
  /** All rules in the order of LINT_RULES, those without findings too. */
  list(): LintFinding[];
}

export function collectFindings(): Findings {
  const byRule = new Map(LINT_RULES.map((rule) => [rule, blank(rule)]));
  return {
    checked: (rule, count = 1) => void (byRule.get(rule)!.checked += count),
    found: (rule, example, isFixable = false) => {
      const finding = byRule.get(rule)!;
      finding.count++;
      if (isFixable) finding.fixable++;
      if (finding.examples.length < EXAMPLES)
        finding.examples.push({ ...example, text: shortened(example.text) });
    },
    list: () => [...byRule.values()],
  };
}

function blank(rule: LintRule): LintFinding {
  const [severity, looksFor] = ABOUT[rule];
  return { rule, looksFor, severity, checked: 0, count: 0, fixable: 0, examples: [] };
}

/** The end of a long text: that is where a marker or a cut shows. */
function shortened(text: string): string {
  const characters = text.length > CHARACTERS ? Array.from(text.slice(-CHARACTERS - 1)) : [];
  return characters.length === 0 ? text : `…${characters.slice(2).join('')}`;
}
