import { asAnalyzerError } from '../../core/errors.ts';
import { announcedLoss } from '../../compute/announced-loss.ts';
import type { Tensors } from '../tensors/open-tensors.ts';

/** A device that the CPU takes the place of when it is lost. */
export interface SurvivingDevice {
  /** Runs work that leaves nothing on the device; once more, on the CPU, where the device was lost during it. */
  run<Result>(work: (tensors: Tensors) => Promise<Result>): Promise<Result>;
  description(): string;
  /** What happened, in sentences. */
  notices: string[];
}

export function survivingDevice(first: Tensors, openCpu: () => Promise<Tensors>): SurvivingDevice {
  const notices: string[] = [];
  let tensors = first;
  const replace = async (reason: string): Promise<void> => {
    notices.push(
      `${tensors.description} was lost during training (${reason.replace(/\.$/, '')}); training went on from there on the CPU.`,
    );
    tensors = await openCpu();
  };
  const attempt = async <Result>(work: (tensors: Tensors) => Promise<Result>): Promise<Result> => {
    const reason = tensors.lost();
    if (reason !== null) await replace(reason);
    return await work(tensors);
  };
  return {
    run: async (work) => {
      try {
        const result = await attempt(work);
        if (tensors.lost() === null) return result;
      } catch (thrown) {
        if ((await announcedLoss(tensors)) === null) throw asAnalyzerError(thrown);
      }
      return await attempt(work);
    },
    description: () => tensors.description,
    notices,
  };
}
