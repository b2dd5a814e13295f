import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';
import { answerQuestion, type PersonsWord } from './answer-question.ts';
import { type CloudOptions, withCloudOptions } from './cloud-options.ts';
import { connect } from './connect.ts';
import { withoutToken } from './incident-record.ts';

type Options = CloudOptions & { readonly by: string };

/** The commands `approve`, `reject` and `done` differ in the word alone. */
export const registerAnswer = (
  program: Command,
  command: { readonly verb: string; readonly summary: string; readonly word: PersonsWord; readonly said: string },
): void => {
  withCloudOptions(
    program
      .command(command.verb)
      .description(command.summary)
      .argument('<id>', 'the incident: its id, the beginning or end of it, or `last`'),
  )
    .option('--by <name>', 'who answers', userInfo().username)
    .action(async (incident: string, options: Options) => {
      const operator = await connect(options);
      const answered = await answerQuestion(operator, { incident, word: command.word, by: options.by });
      const screen = createScreen();
      if (options.json === true) printJson(screen, withoutToken(answered));
      else
        screen.print(
          `${command.said} by ${options.by}: ${answered.incidentId}`,
          screen.paint.quiet(`npm run incident -- ${answered.incidentId}`),
        );
    });
};
