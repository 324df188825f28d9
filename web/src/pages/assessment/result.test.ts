import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, it } from 'vitest'
import type { Schemas } from '@/api/client'
import { i18n, setLanguage } from '@/i18n'
import ResultPaper from './ResultPaper.vue'
import { placesOf } from './result'
import type { View } from './useYear'

const sheet = { scores: [{ key: 'tn', rows: 9000, base: 9050, bonus: 100, penalty: 50, total: 9100 }], places: [{ key: 'tn', rank: 1, total: 9100, outcome: 'proposed' }, { key: 'zl', rank: 0, total: 0, outcome: 'vetoed' }], hash: 'b'.repeat(64) } as unknown as Schemas['AssessmentSheet']

it('every place has the sum that it is made of, if there is one', () => {
  expect(placesOf(sheet).map((p) => [p.key, p.rank, p.score?.base])).toEqual([['tn', 1, 9050], ['zl', 0, undefined]])
})

it('the printed result has the number, every district, who was named, the hash, and room for the seals', () => {
  setLanguage('zh-CN')
  const view = { year: 2026, number: 'KH-2026-1', named: [{ unit: 'tn', seq: 1, document: '常发〔2027〕1号' }] } as unknown as View
  const text = mount(ResultPaper, { props: { view, sheet, unit: (k: string) => ({ tn: '天宁区', zl: '钟楼区' })[k] ?? k }, global: { plugins: [createPinia(), i18n] } }).text()
  for (const said of ['2026年度社区建设先进地区考核结果', 'KH-2026-1', '天宁区', '钟楼区', '91.00', '常发〔2027〕1号', 'b'.repeat(64), '（盖章）']) expect(text).toContain(said)
})
