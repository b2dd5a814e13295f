import type { Admission, AdmissionRequest, ModelCallOutcome, ModelPermit } from '../domain/limits/admission.ts';

/** What all processes share of the limits of the providers: rates, calls in flight, breakers and budgets. */
export type ModelGate = {
  /** Asked before each call. An admitted call is to be settled; one that never is expires. The built-in reasoner is always admitted. */
  admit(request: AdmissionRequest): Promise<Admission>;
  settle(permit: ModelPermit, outcome: ModelCallOutcome): Promise<void>;
};
