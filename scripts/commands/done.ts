import type { Command } from 'commander';
import { registerAnswer } from '../operator/register-answer.ts';

export function register(program: Command): void {
  registerAnswer(program, {
    verb: 'done',
    summary: 'say that a manual step was carried out; the recovery is then verified like any other',
    word: 'done',
    said: 'Reported done',
  });
}
