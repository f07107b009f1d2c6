// AssemblyScript, compiled by ../build.mjs. Nothing is allocated here: ../engine.ts lays out the memory and passes byte
// addresses. Only operations whose result the standard fixes to the bit are used, so the same input gives the same bits
// on every machine, and two equal rows give equal cosines wherever they stand.

export { PANEL, TILE, dots, multiply, pack } from './product';
export { beginPair, scanPair } from './pair';
export { scanNearest } from './nearest';
export {
  beginDescent,
  beginTree,
  descentBytes,
  drawCandidates,
  fillLists,
  growTree,
  joinCandidates,
} from './nn-descent';
