import type { AnswerTable } from '../../core/answers.ts';
import type { LintFix } from '../../core/lint.ts';
import { fixedTraining } from '../../io/write/fixed-training.ts';
import { fixTraining } from './fix-training.ts';

/** Files of training rows after mending. */
export interface MendedFiles {
  /** By name, in the shape they came in. */
  files: Map<string, string>;
  /** Every change in them. */
  fixes: LintFix[];
  /** Names of files that are left as they are, because they lie in an archive. */
  archived: string[];
}

/**
 * Every file that mending changes.
 *
 * @param contentOf a file as it was given; null where it is only part of one
 */
export async function mendFiles(
  table: AnswerTable,
  contentOf: (name: string) => Promise<string> | null,
): Promise<MendedFiles> {
  const { rows, fixes } = fixTraining(table);
  const mended: MendedFiles = { files: new Map(), fixes: [], archived: [] };
  for (const name of new Set(fixes.map(({ file }) => file))) {
    const content = await contentOf(name);
    if (content === null) {
      mended.archived.push(name);
      continue;
    }
    const own = table.training.flatMap((before, i) =>
      before.file === name ? [{ before, after: rows[i] }] : [],
    );
    mended.files.set(name, fixedTraining(name, content, own));
    mended.fixes.push(...fixes.filter(({ file }) => file === name));
  }
  return mended;
}
