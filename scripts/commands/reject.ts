import type { Command } from 'commander';
import { registerAnswer } from '../operator/register-answer.ts';

export function register(program: Command): void {
  registerAnswer(program, {
    verb: 'reject',
    summary: 'turn a waiting plan or manual step down; the incident is escalated',
    word: 'no',
    said: 'Rejected',
  });
}
