import type { TreeMerge } from './props.ts';

interface Branch {
  /** Centre on the side of the leaves, in cells. */
  at: number;
  /** Share of the height of the root, in [0, 1]. */
  height: number;
}

/**
 * The brackets of a tree whose leaves stand side by side, one per step: legs from both branches up to the step's height.
 *
 * @param order display position -> leaf, an order in which no branches cross
 * @param size pixels of a cell and of the whole tree; leaves end at y = `depth`, the root's bracket lies at y = 0
 */
export function dendrogramPath(
  merges: TreeMerge[],
  order: number[],
  { cell, side, depth }: { cell: number; side: number; depth: number },
): string {
  const top = rootHeight(merges) || 1;
  const branches: Branch[] = [];
  order.forEach(
    (leaf, position) => (branches[leaf] = { at: position * cell + side / 2, height: 0 }),
  );
  const y = (branch: Branch): number => round(depth * (1 - branch.height));
  return merges
    .map(({ a, b, height }) => {
      const [left, right] = [branches[a], branches[b]];
      const own = { at: (left.at + right.at) / 2, height: height / top };
      branches.push(own);
      return `M${round(left.at)} ${y(left)}V${y(own)}H${round(right.at)}V${y(right)}`;
    })
    .join('');
}

/** Height of the last step, the largest; 0 for no steps. */
export function rootHeight(merges: TreeMerge[]): number {
  return merges.at(-1)?.height ?? 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
