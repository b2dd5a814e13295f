import { join } from 'node:path';
import { type ModelFile, modelFileSchema } from '../lambdas/contract/model-settings.ts';
import { readYamlFile } from './read-yaml-file.ts';

/**
 * The models and prices that a person edits, `models.yaml` at the root.
 * @throws an Error with one line for each value that is wrong, or that it cannot be read
 */
export const readModelFile = (): ModelFile =>
  readYamlFile(join(import.meta.dirname, '..', 'models.yaml'), modelFileSchema, 'models.yaml');
