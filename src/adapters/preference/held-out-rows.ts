import type { PreferencePairs } from '../../core/adapter.ts';
import { rowsOfLanguage, type EmbeddedCorpus } from '../../core/corpus.ts';
import type { FactSplit } from '../../core/lab.ts';
import { productBlocks, row, takeRows, type Products } from '../../core/matrix.ts';

/** Vectors as near as this are of one text. */
const SAME_TEXT = 0.9999;

/** Rows of the pairs' texts that are texts of validation or test facts in the same language. */
export async function heldOutRows(
  { corpus, vectors, split }: EmbeddedCorpus & { split: Pick<FactSplit, 'validation' | 'test'> },
  pairs: Pick<PreferencePairs, 'vectors' | 'language'>,
  products: Products,
): Promise<Set<number>> {
  const isHeldOut = new Set([...split.validation, ...split.test]);
  const { fact, language } = corpus.renderings;
  const found = new Set<number>();
  for (const l of new Set(pairs.language)) {
    const own = rowsOfLanguage(pairs.language, l);
    const held = rowsOfLanguage(language, l).filter((r) => isHeldOut.has(fact[r]));
    if (held.length === 0) continue;
    const [x, y] = [takeRows(pairs.vectors, own), takeRows(vectors, held)];
    for await (const { start, block } of productBlocks(x, y, products))
      for (let i = 0; i < block.rows; i++)
        if (row(block, i).some((cosine) => cosine > SAME_TEXT)) found.add(own[start + i]);
  }
  return found;
}
