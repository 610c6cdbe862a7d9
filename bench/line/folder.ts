import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where benchmarks keep what they make; BENCH_DIR names another place. */
export function benchFolder(): string {
  return process.env.BENCH_DIR ?? join(tmpdir(), 'qucheng-bench')
}
