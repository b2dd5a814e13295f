import type { Command } from 'commander';
import { registerAnswer } from '../operator/register-answer.ts';

export function register(program: Command): void {
  registerAnswer(program, {
    verb: 'approve',
    summary: 'let a waiting plan go ahead',
    word: 'yes',
    said: 'Approved',
  });
}
