import { Logger } from '@aws-lambda-powertools/logger';

/** Structured lines for people who operate Kintsugi; never evidence. Its name comes from POWERTOOLS_SERVICE_NAME. */
export const logger = new Logger();
