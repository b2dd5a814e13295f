import { App, Tags } from 'aws-cdk-lib';
import { KintsugiStack } from '../lib/kintsugi-stack.ts';
import { contextOf, readSettings } from '../lib/settings.ts';

const app = new App();
const settings = readSettings({ context: contextOf(app.node), environment: process.env });
new KintsugiStack(app, settings.stage, settings, {
  description: 'Kintsugi, an autonomous incident responder for AWS serverless systems',
});
Tags.of(app).add('kintsugi:stage', settings.stage);
app.synth();
