import type { Operation } from '../../contract/target-api.ts';

/** From and to how many seconds it takes until the effect is complete, for operations that take a known time. */
export const timed: Readonly<Partial<Record<Operation['type'], readonly [number, number]>>> = {
  rotateLogs: [5, 12],
  restoreLogs: [5, 12],
  discardLogCopies: [1, 3],
  clearTemporaryFiles: [5, 12],
  restoreTemporaryFiles: [5, 12],
  discardTemporaryCopies: [1, 3],
  flushCache: [2, 5],
  setCacheLimit: [3, 10],
  recycleConnections: [3, 10],
  pauseJob: [2, 5],
  resumeJob: [2, 5],
  quarantineMessage: [2, 8],
  releaseMessage: [2, 8],
  failOverDependency: [8, 20],
  failBackDependency: [8, 20],
  rotateCredential: [8, 20],
  setAdmittedShare: [2, 5],
  expandVolume: [25, 60],
};
