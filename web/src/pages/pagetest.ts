import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { RouterView } from 'vue-router'
import { i18n, setLanguage } from '@/i18n'
import { router } from '@/router'
import { useSession } from '@/stores/session'

/** saysWords shows a page over answers of the API, by their path, and holds it to saying nothing but words in both languages. */
export async function saysWords(path: string, answers: Record<string, unknown>): Promise<void> {
  vi.stubGlobal('fetch', async (r: Request) => {
    const body = answers[new URL(r.url).pathname.replace('/api/v1', '')] ?? { items: [] }
    return new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json', ETag: '"2"' } })
  })
  const pinia = createPinia()
  setActivePinia(pinia)
  await useSession().load()
  const faults: unknown[] = []
  await router.push(path)
  const page = mount(defineComponent(() => () => h(RouterView)), { global: { plugins: [pinia, i18n, router], stubs: { BarChart: true }, config: { errorHandler: (e) => faults.push(e) } } })
  for (const language of ['zh-CN', 'en'] as const) {
    setLanguage(language)
    await vi.waitFor(() => expect(page.find('h1').exists()).toBe(true))
    await flushPromises()
    expect(page.find('[role=alert]').exists() ? page.find('[role=alert]').text() : '').toBe('')
    expect(page.text()).not.toMatch(/\b(appraisal|assessment|common|cases|form|open|tracking)\.[a-z]/)
  }
  expect(faults).toEqual([])
  page.unmount()
  vi.unstubAllGlobals()
}
