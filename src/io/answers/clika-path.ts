import { toTag } from '../../core/language.ts';
import { splitPath } from '../read/sheet.ts';
import { fileWords } from './file-words.ts';

/**
 * Task and language of a file of the CLiKA release: those of its folders (`x_csqa/DE_trans/...`), not of its fields, which
 * still say `en` in translated files. Where no folder names a language, the file's name does.
 */
export function clikaPath(name: string): { task: string; language: string } {
  const { folder, base } = splitPath(name);
  const input = /^(.+?)_([a-z]{2,3}|[a-z]{2,3}_trans)_model_input\./i.exec(base);
  if (input !== null) return { task: input[1], language: spelling(input[2]) };
  const parent = splitPath(folder);
  const task = splitPath(parent.folder).base.replace(/\.zip$/i, '');
  const known = parent.base !== '' && toTag(parent.base) !== null;
  if (known || (task !== '' && parent.base.length <= 12))
    return { task, language: spelling(parent.base) };
  const words = fileWords(name);
  return { task: words.task, language: words.language };
}

/** `DE_trans` and `de` are one spelling: which of them is read first says nothing. */
function spelling(folder: string): string {
  const code = folder.replace(/[_-]trans(lated)?$/i, '');
  return /^[a-z]{2,3}$/i.test(code) ? code.toLowerCase() : code;
}
