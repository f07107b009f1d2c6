const LINE = /^\s*[(（]?([A-Z])[)）.．、:：]\s*(.*)$/u;

/**
 * Texts of the options that a prompt lists, one on each line with its letter: the last list that begins with A, so that
 * a worked example before it does not count. Empty where none of two options is there.
 */
export function listedOptions(prompt: string): string[] {
  let options: string[] = [];
  for (const line of prompt.split(/\r?\n/)) {
    const found = LINE.exec(line);
    if (found === null) continue;
    const [, letter, text] = found;
    const at = letter.charCodeAt(0) - 65;
    if (at === 0) options = [text];
    else if (at === options.length) options.push(text);
  }
  return options.length > 1 ? options : [];
}
