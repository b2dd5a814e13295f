import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { type BuildOptions, buildSync } from 'esbuild';
import type { FunctionName } from '../lambdas/contract/stage.ts';

const root = join(import.meta.dirname, '..');

/**
 * The workload and the responder are two bundles: what watches holds none of
 * the code of what is watched.
 */
const bundles = {
  workload: {
    'simulate-fleet': 'lambdas/workload/simulate-fleet.lambda.ts',
    'inject-fault': 'lambdas/workload/inject-fault.lambda.ts',
    'operate-fleet': 'lambdas/workload/operate-fleet.lambda.ts',
  },
  responder: {
    'detect-anomalies': 'lambdas/detection/detect-anomalies.lambda.ts',
    'scan-shard': 'lambdas/detection/scan-shard.lambda.ts',
    'gather-evidence': 'lambdas/remediation/gather-evidence.lambda.ts',
    diagnose: 'lambdas/remediation/diagnose.lambda.ts',
    plan: 'lambdas/remediation/plan.lambda.ts',
    decide: 'lambdas/remediation/decide.lambda.ts',
    'ask-person': 'lambdas/remediation/ask-person.lambda.ts',
    act: 'lambdas/remediation/act.lambda.ts',
    verify: 'lambdas/remediation/verify.lambda.ts',
    undo: 'lambdas/remediation/undo.lambda.ts',
    close: 'lambdas/remediation/close.lambda.ts',
    escalate: 'lambdas/remediation/escalate.lambda.ts',
  },
} as const satisfies Record<string, Partial<Record<FunctionName, string>>>;

type Bundle = keyof typeof bundles;

/**
 * ES modules with the SDK inside (the emulators' runtimes have none). The
 * banner gives `require` to CommonJS packages that were bundled.
 */
const options = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  keepNames: true,
  outExtension: { '.js': '.mjs' },
  banner: {
    js: "import { createRequire as bundledCreateRequire } from 'node:module'; const require = bundledCreateRequire(import.meta.url);",
  },
  logLevel: 'warning',
} satisfies BuildOptions;

export type BuiltCode = {
  readonly code: Code;
  /** Changes with the code, and only with it. */
  readonly version: string;
};

/** Each bundle is built once, by one esbuild run for all its functions: that keeps a redeploy quick. */
export class FunctionCode extends Construct {
  private readonly built = new Map<Bundle, BuiltCode>();

  of(name: FunctionName): BuiltCode {
    const bundle = name in bundles.workload ? 'workload' : 'responder';
    const code = this.built.get(bundle) ?? this.build(bundle);
    this.built.set(bundle, code);
    return code;
  }

  private build(bundle: Bundle): BuiltCode {
    const asset = new Asset(this, bundle, {
      path: join(root, 'lambdas'),
      assetHashType: AssetHashType.OUTPUT,
      bundling: {
        image: DockerImage.fromRegistry('never-used'),
        // Never run either; without it the two bundles look alike to the cache of assets.
        command: [bundle],
        local: {
          tryBundle: (outdir) => {
            buildSync({ ...options, entryPoints: bundles[bundle], outdir, absWorkingDir: root });
            return true;
          },
        },
      },
    });
    return { code: Code.fromBucketV2(asset.bucket, asset.s3ObjectKey), version: asset.assetHash };
  }
}
