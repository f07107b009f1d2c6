import type {
  AnalysisApi,
  AnswersApi,
  EncoderApi,
  FilesApi,
  PlanApi,
  LabApi,
  ProjectionApi,
} from '../protocol/api.ts';
import { connect, type Client } from '../protocol/client.ts';

/** The only file that starts workers. Each call starts a fresh one. */

export function startFiles(): Client<FilesApi> {
  const worker = new Worker(new URL('../../workers/files.worker.ts', import.meta.url), {
    type: 'module',
  });
  return connect<FilesApi>(worker, 'Reading');
}

export function startAnswers(): Client<AnswersApi> {
  const worker = new Worker(new URL('../../workers/answers.worker.ts', import.meta.url), {
    type: 'module',
  });
  return connect<AnswersApi>(worker, 'Reading answers');
}

export function startEncoder(): Client<EncoderApi> {
  const worker = new Worker(new URL('../../workers/encoder.worker.ts', import.meta.url), {
    type: 'module',
  });
  return connect<EncoderApi>(worker, 'The encoder');
}

export function startAnalysis(): Client<AnalysisApi> {
  const worker = new Worker(new URL('../../workers/analysis.worker.ts', import.meta.url), {
    type: 'module',
  });
  return connect<AnalysisApi>(worker, 'The comparison');
}

export function startLab(): Client<LabApi> {
  const worker = new Worker(new URL('../../workers/lab.worker.ts', import.meta.url), {
    type: 'module',
  });
  return connect<LabApi>(worker, 'The lab');
}

export function startProjection(): Client<ProjectionApi> {
  const worker = new Worker(new URL('../../workers/projection.worker.ts', import.meta.url), {
    type: 'module',
  });
  return connect<ProjectionApi>(worker, 'The projection');
}

export function startPlanner(): Client<PlanApi> {
  const worker = new Worker(new URL('../../workers/planner.worker.ts', import.meta.url), {
    type: 'module',
  });
  return connect<PlanApi>(worker, 'The plan');
}
