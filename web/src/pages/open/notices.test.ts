import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, expect, it, vi } from 'vitest'
import { i18n, setLanguage } from '@/i18n'
import { router } from '@/router'
import NoticesPage from './NoticesPage.vue'

const named = (key: string, name: string) => ({ key, name })
const at = '2026-11-26T01:00:00Z'
const line = { case: '0b6ee4b6-0000-4000-8000-000000000009', number: 'N-1', title: '事项', unit: named('u', '某局'), state: 'publicity', state_words: { zh: '公示中', en: 'noticed' }, outcome: 'x', communities: 3, total_fen: 100_00, since: at, until: at, clock: { light: 'green', paused: false }, objections: 0 }
afterEach(() => vi.unstubAllGlobals())

async function page(notice: object) {
  const me = { person: named('x', '徐明'), seats: [], principals: [], unread_notices: 0 }
  vi.stubGlobal('fetch', async (r: Request) => new Response(JSON.stringify(r.url.endsWith('/me') ? me : { items: [{ ...line, ...notice }] }), { headers: { 'Content-Type': 'application/json' } }))
  setLanguage('zh-CN')
  const shown = mount(NoticesPage, { global: { plugins: [createPinia(), i18n, router] } })
  await flushPromises()
  return shown
}

it('says of a change of plan what becomes of the rooms, and nothing of money', async () => {
  const shown = await page({ procedure: 'plan_change', outcome_words: { zh: '拟批准的规划调整', en: '' }, change: { project: line.case, before: '960.00', after: '640.00', households: 2000 } })
  expect(shown.text()).toContain('拟批准的规划调整')
  expect(shown.text()).toContain('由 960.00 平方米调整为 640.00 平方米')
  expect(shown.text()).not.toContain('经费')
})

it('leads from a list of names to where it is published', async () => {
  const shown = await page({ procedure: 'assessment', outcome_words: { zh: '建议命名的先进地区', en: '' }, year: 2026 })
  expect(shown.find('a[href="/public/assessments/2026"]').exists()).toBe(true)
})

it('says of an admission where it goes and what it costs', async () => {
  const shown = await page({ procedure: 'access', outcome_words: { zh: '准入', en: 'admitted' } })
  expect(shown.text()).toContain('覆盖社区')
  expect(shown.text()).toContain('100.00')
})
