import { toTag } from '../../core/language.ts';

/** What a path tells; '' for what it does not. */
export interface FileWords {
  task: string;
  /** In the file's own spelling. */
  language: string;
  model: string;
  split: 'train' | 'test' | '';
}

const EXTENSION = /\.(json|jsonl|ndjson|csv|tsv|tab|txt|gz|zip)$/i;
/** Words of file names that say what a file is for, not what it holds. */
const PURPOSES = new Set(
  (
    'train test dev devtest validation valid val eval sampled sample samples sampling prediction predictions ' +
    'predict predicted generated generate generation output outputs result results res answers answer responses ' +
    'response data dpo sft final input model trans translated rows scores logprobs'
  ).split(' '),
);
/** Folders that say nothing about a task or a model. */
const FOLDERS = new Set([...PURPOSES, 'src', 'home', 'tmp', 'files', 'answers', 'evaluation']);
const TRANSLATED = /^([a-z]{2})2([a-z]{2})$/i;

/**
 * Task, language and model as file and folder names state them: `x_csqa_en_train_sampled.json`,
 * `x_csqa_en_mistral_sampled.json`, `en2cn_test.json` (English questions in Chinese), `mistral/x_csqa_de.jsonl`. The words
 * before the language are the task, those after it the model; folders give what is still missing. A test split is a
 * task of its own (`x_csqa_test`): its questions are not those of the training split.
 */
export function fileWords(path: string): FileWords {
  const parts = path
    .split('/')
    .map((part) => split(part.replace(EXTENSION, '').replace(EXTENSION, '')));
  const at = parts.findLastIndex((words) => languageAt(words) !== -1);
  const named = at === -1 ? parts.length - 1 : at;
  const words = parts[named];
  const place = languageAt(words);
  const telling = (list: string[]): string =>
    list.filter((word) => !PURPOSES.has(word.toLowerCase())).join('_');
  const folders = parts
    .slice(parts.findLastIndex(([word]) => /^data$/i.test(word)) + 1, named)
    .map((part) => telling(part))
    .filter((name) => name !== '' && !FOLDERS.has(name.toLowerCase()));
  const [, source = native(words, place), target = words[place] ?? ''] =
    TRANSLATED.exec(words[place] ?? '') ?? [];
  const own = telling(words.slice(0, place === -1 ? words.length : place)).replace(
    /_?native$/i,
    '',
  );
  const task = own !== '' ? own : (folders.pop() ?? '');
  const modelOfBase =
    at === parts.length - 1 ? words.slice(place + 1) : at === -1 ? [] : parts[parts.length - 1];
  const all = parts.flat().map((word) => word.toLowerCase());
  const test = all.includes('test');
  return {
    task: [task, source, test ? 'test' : ''].filter((part) => part !== '').join('_'),
    language: target,
    model: telling(modelOfBase) || modelOfFolder(folders, task),
    split: test ? 'test' : all.includes('train') ? 'train' : '',
  };
}

/** The nearest folder, unless it is the task's in another spelling (`xcsqa/x_csqa_en.json`). */
function modelOfFolder(folders: string[], task: string): string {
  const plain = (name: string): string => name.toLowerCase().replace(/_/g, '');
  const nearest = folders[folders.length - 1] ?? '';
  return plain(nearest) === plain(task) ? '' : nearest;
}

/** The words of a name; a FLORES code (`eng_Latn`) and a tag with a region (`zh_cn`, `pt-BR`) stay whole. */
function split(name: string): string[] {
  return name
    .replace(/(^|[_.\s-])([a-z]{3})_([A-Z][a-z]{3})(?=$|[_.\s-])/g, '$1$2\u0001$3')
    .replace(
      /(^|[_.\s])(zh|pt|es|en)[_-](cn|tw|hk|br|pt|mx|us|gb|hans|hant)(?=$|[_.\s-])/gi,
      '$1$2\u0002$3',
    )
    .split(/[_.\s-]+/)
    .filter((word) => word !== '')
    .map((word) => word.replace('\u0001', '_').replace('\u0002', '_'));
}

/** Where the last word that names a language stands, or -1. */
function languageAt(words: string[]): number {
  return words.findLastIndex((word) => {
    const small = word.toLowerCase();
    if (PURPOSES.has(small) || NOT_LANGUAGES.has(small)) return false;
    return TRANSLATED.test(word) || toTag(word) !== null;
  });
}

/** Words of models and tasks that are codes of languages too. */
const NOT_LANGUAGES = new Set('mt hf qa ai ml lm all new old the raw geo mis mix yi'.split(' '));

/** The language of questions that were written in it (`native_en`), of which others were translated. */
function native(words: string[], place: number): string {
  return place > 0 && /^native$/i.test(words[place - 1]) ? words[place] : '';
}
