import type { FileAnswers } from './question-list.ts';

/** Keeps one copy of the texts that repeat from file to file: prompts and ids above all. */
export interface SharedTexts {
  share(answers: FileAnswers): void;
}

/** Longer answers hardly repeat. Characters. */
const SHORT = 24;

export function sharedTexts(): SharedTexts {
  const known = new Map<string, string>();
  const one = (text: string): string => {
    const first = known.get(text);
    if (first !== undefined) return first;
    known.set(text, text);
    return text;
  };
  return {
    share({ lists }) {
      for (const list of lists) {
        list.prompts = list.prompts.map(one);
        list.ids = list.ids.map((id) => (id === null ? null : one(id)));
        list.answers.text = list.answers.text.map((text) =>
          text.length < SHORT ? one(text) : text,
        );
      }
    },
  };
}
