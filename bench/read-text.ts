import { readFileSync } from 'node:fs';

/** A UTF-8 file of a corpus, without the byte order mark that some programs begin one with. */
export const readText = (path: string): string => readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
