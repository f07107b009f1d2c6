import type { AdapterRecord } from './adapter.ts';
import type { ParallelCorpus } from './corpus.ts';

/**
 * What is to be known of a run whose vectors an adapter maps.
 *
 * @param meansFromTexts tags of the languages that it was not fitted on
 */
export function adaptedNotices(
  { files, split }: AdapterRecord,
  name: string,
  { corpus, meansFromTexts }: { corpus: ParallelCorpus; meansFromTexts: string[] },
): string[] {
  const hashes = new Set(corpus.files.map((file) => file.sha256));
  const same = files.filter((file) => file.sha256 !== '' && hashes.has(file.sha256));
  const facts = split.train.toLocaleString('en');
  const namesOf = (list: { name: string }[]): string => list.map((file) => file.name).join(', ');
  const fitted =
    same.length > 0
      ? `${name} was fitted on ${facts} facts of ${namesOf(same)}, which are among these files: numbers on facts that it was fitted on flatter it, and its own held-out numbers say what it does.`
      : `${name} was fitted on ${facts} facts of ${namesOf(files)}: facts of these texts that are among them, whatever their file, flatter the numbers.`;
  if (meansFromTexts.length === 0) return [fitted];
  const means = `The adapter was not fitted on ${meansFromTexts.join(', ')}: the mean that it takes away is that of the texts at hand.`;
  return [means, fitted];
}
