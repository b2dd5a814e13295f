import { type LogLine, logLineSchema } from '../../lambdas/domain/signal/series.ts';

export const logLine = (at: number, message: string, service = 'checkout', instance: string | null = null): LogLine =>
  logLineSchema.parse({ at, service, instance, message });
