import { afterEach, expect, it, vi } from 'vitest'
import { readPart } from './useYear'

const parts = [{ kind: 'report', unit: 'tn', quarter: 1, revision: 4 }, { kind: 'report', unit: 'tn', quarter: 2, revision: 1 }, { kind: 'self', unit: 'tn', revision: 7 }, { kind: 'inputs', revision: 2 }]
afterEach(() => vi.unstubAllGlobals())

it.each([
  ['report', 'tn', 1, '"4"'], ['report', 'tn', 2, '"1"'], ['self', 'tn', undefined, '"7"'], ['inputs', undefined, undefined, '"2"'],
  ['report', 'zl', 1, '"0"'], ['lead', 'tn', undefined, '"0"'],
] as const)('a save of %s of %s, quarter %s, compares %s', async (kind, unit, quarter, tag) => {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ year: 2026, revision: 9, parts }), { headers: { 'Content-Type': 'application/json', ETag: '"9"' } }))
  expect((await readPart(2026, kind, unit, quarter)).tag).toBe(tag)
})
